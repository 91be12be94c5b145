package org.agnesi.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt.Store;

/// Cuts a long [VectorBody] into parts of some hundred scalars each, in the order in which they are needed. A value that crosses
/// a cut is kept for some points; a bool is computed again.
final class VectorParts {
    /// Scalars of a part: at about 2,600 bytes HotSpot's first compiler gives up, and the method may never get to the second.
    private static final int MOST = 100;
    /// Points for which values that cross a cut are kept, whole vectors of any width: they stay in the nearest cache.
    static final int POINTS = 64;

    private final VectorBody body;
    private final Emitter emitter;
    private final List<VectorPart> parts = new ArrayList<>();
    /// The number of the part that computes a scalar.
    private final Map<Scalar, Integer> owner = new IdentityHashMap<>();
    private final List<Local> captured;
    private final Set<Scalar> opened = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Scalar, Integer> packed = new IdentityHashMap<>();
    private final Packing before;
    private final Packing after;
    private int weight;

    private VectorParts(VectorBody body, Emitter emitter) {
        this.body = body;
        this.emitter = emitter;
        captured = body.captured();
        before = new Packing(method("pack"), body);
        after = new Packing(method("unpack"), body);
    }

    /// The methods in the order of their calls; the emitter will write them.
    static List<PartMethod> of(VectorBody body, Emitter emitter) {
        var cut = new VectorParts(body, emitter);
        cut.begin();
        for (var step : body.steps) if (step instanceof Store store) cut.store(store);
        for (var a : body.accumulators) cut.own(a.value()).accumulators.add(a);
        for (int k = cut.parts.size() - 1; k >= 0; k--) cut.link(k);
        var all = new ArrayList<PartMethod.Written>(cut.parts);
        if (!cut.before.isEmpty()) all.addFirst(cut.before);
        if (!cut.after.isEmpty()) all.add(cut.after);
        emitter.partMethods.addAll(all);
        return all.stream().map(PartMethod.Written::method).toList();
    }

    private void begin() {
        weight = 0;
        parts.add(new VectorPart(method("vectors"), body));
    }

    private PartMethod method(String name) { return new PartMethod(name + emitter.partNumber(), captured); }

    private void store(Store store) {
        var part = own(store.value());
        weight += VectorBody.STORE;
        if (!body.scattered.contains(store)) part.stores.add(store);
        else after.add(store, part.exports.computeIfAbsent(store.value(), this::place));
    }

    /// Gives each scalar that has no part yet one, what it is made from before it; the part of the root.
    private VectorPart own(Scalar root) {
        var work = new ArrayDeque<Scalar>();
        work.push(root);
        while (!work.isEmpty()) {
            var x = work.pop();
            if (owner.containsKey(x) || !body.varies(x)) continue;
            if (opened.add(x)) {
                work.push(x);
                for (var part : body.parts(x).reversed()) if (!owner.containsKey(part)) work.push(part);
            } else {
                weigh(x instanceof Load ? 2 : 1);
                owner.put(x, parts.size() - 1);
            }
        }
        return parts.get(owner.getOrDefault(root, parts.size() - 1));
    }

    private void weigh(int scalars) {
        if (weight >= MOST) begin();
        weight += scalars;
    }

    /// Finds what a part takes from earlier ones. Later ones have said by now what they take from it.
    private void link(int number) {
        var part = parts.get(number);
        var seen = Collections.<Scalar>newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayDeque<>(part.exports.keySet());
        for (var store : part.stores) work.push(store.value());
        for (var a : part.accumulators) work.push(a.value());
        while (!work.isEmpty()) {
            var x = work.pop();
            if (!seen.add(x)) continue;
            if (!body.varies(x)) {
                if (!(x instanceof Const)) part.fixed.add(x);
            } else if (owner.get(x) < number && crosses(x)) {
                int place = parts.get(owner.get(x)).exports.computeIfAbsent(x, this::place);
                part.imports.put(x, place);
            } else if (x instanceof Load load && body.packed.contains(load)) {
                if (!packed.containsKey(load)) before.add(load, packed.computeIfAbsent(load, this::place));
                part.imports.put(x, packed.get(load));
            } else {
                part.reads(x);
                body.parts(x).forEach(work::push);
            }
        }
    }

    private int place(Scalar x) { return emitter.folds.scratch(Jvm.kind(x.dtype()), POINTS); }

    /// Whether it is kept for later parts: a name stands for a value that is, and what is read is there anyway.
    private static boolean crosses(Scalar x) { return Vectorizable.isKept(x.dtype()) && !(x instanceof Local) && !(x instanceof Load); }
}

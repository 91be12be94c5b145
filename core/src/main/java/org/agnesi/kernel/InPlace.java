package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Scalar.Binary;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.jspecify.annotations.Nullable;

/// Which outputs of a program may be written over which inputs.
///
/// That is so where each element of the input is read at one point of a nest of loops only, and that point writes the same element of
/// the output, as the last it does. What is read before, in the same point or by the same vector, is read; what is read after is
/// another element.
public final class InPlace {
    /// Elements below which arrays stay in near caches, and a row's elements below which its last ones, that are no whole vector, count:
    /// one that overlaps others, as usual, would compute them from what is written.
    private static final int LEAST = 32_768, ROW = 256;

    /// A place in one buffer, read or written.
    ///
    /// @param nest   the loops around it, outermost first; none where they are of another kind
    /// @param isLast whether it is the last thing that the innermost of them does
    private record Access(int buffer, Scalar place, List<For> nest, boolean isLast) {}

    private final Map<Integer, List<Access>> loads = new HashMap<>();   // by buffer
    private final Map<Integer, List<Access>> stores = new HashMap<>();
    private final Map<Local, Scalar> lets = new HashMap<>();

    private InPlace(Program program) { read(program.body(), List.of(), true); }

    /// By the buffer of an output, that of the input that it may be written over.
    public static Map<Integer, Integer> of(Program program) {
        var found = new InPlace(program);
        var pairs = new HashMap<Integer, Integer>();
        int inputs = program.inputs().size(), all = inputs + program.outputs().size();
        for (int out = inputs; out < all; out++) {
            var store = found.store(out);
            if (store == null) continue;
            var dtype = program.buffers().get(out).dtype();
            for (int in = 0; in < inputs && !pairs.containsKey(out); in++) {
                boolean alike = program.buffers().get(in).dtype() == dtype && !pairs.containsValue(in);
                if (alike && found.isReadBefore(in, store)) pairs.put(out, in);
            }
        }
        return pairs;
    }

    /// Whether it is worth it for so many elements, in rows of so many.
    public static boolean pays(long elements, long row) { return elements >= LEAST && row >= ROW; }

    /// The store that fills an output, each point its own element and nothing after it; null where there is none such.
    private @Nullable Access store(int out) {
        var written = stores.getOrDefault(out, List.of());
        if (written.size() != 1 || loads.containsKey(out)) return null;
        var store = written.getFirst();
        return store.isLast && isEachPointsOwn(store) ? store : null;
    }

    private boolean isReadBefore(int in, Access store) {
        return loads.containsKey(in) && loads.get(in).stream().allMatch(load -> isSamePoint(load, store));
    }

    @SuppressWarnings("ReferenceEquality") // these loops only
    private static boolean isSamePoint(Access load, Access store) { return load.nest == store.nest && load.place.equals(store.place); }

    /// Whether the place is `(i * n + j) * m + …`, with each loop's index once, below what is multiplied by its extent.
    private static boolean isEachPointsOwn(Access access) {
        var extents = new HashMap<Scalar, Scalar>();
        for (var loop : access.nest) extents.put(loop.index(), loop.extent());
        var rest = access.place;
        while (rest instanceof Binary(var plus, _, Binary(var times, _, var above, var size), Local inner)
            && plus == BinaryFunction.ADD && times == BinaryFunction.MUL && size.equals(extents.remove(inner))) rest = above;
        return extents.remove(rest) != null && extents.isEmpty();
    }

    private void read(Stmt stmt, List<For> nest, boolean isLast) {
        switch (stmt) {
            case Seq(var steps) -> {
                for (int k = 0; k < steps.size(); k++) read(steps.get(k), nest, isLast && k == steps.size() - 1);
            }
            case For loop -> {
                load(loop.extent(), nest);
                var inside = new ArrayList<>(nest);
                inside.add(loop);
                read(loop.body(), inside, true);
            }
            case Let(var local, var value) -> {
                load(value, nest);
                lets.put(local, written(value));
            }
            case Assign(_, var value) -> load(value, nest);
            case Store(var buffer, var place, var value) -> {
                load(place, nest);
                load(value, nest);
                add(stores, new Access(buffer, written(place), nest, isLast));
            }
            case Stmt.While _, Stmt.If _, Stmt.Fold _, Stmt.Accumulate _, Stmt.Check _ -> elsewhere(stmt);
        }
    }

    private void load(Scalar root, List<For> nest) {
        for (var x : Scalars.inOrder(List.of(root)))
            if (x instanceof Load(var buffer, _, var place)) add(loads, new Access(buffer, written(place), nest, false));
    }

    /// A place without names for its parts.
    private Scalar written(Scalar place) { return Scalars.map(place, x -> x instanceof Local local ? lets.getOrDefault(local, x) : x); }

    private void elsewhere(Stmt stmt) {
        Stmts.map(stmt, x -> {
            load(x, new ArrayList<>());
            return x;
        }, buffer -> {
            add(stores, new Access(buffer, Scalar.constant(0L), List.of(), false));
            return buffer;
        });
    }

    private static void add(Map<Integer, List<Access>> all, Access access) {
        all.computeIfAbsent(access.buffer, _ -> new ArrayList<>()).add(access);
    }
}

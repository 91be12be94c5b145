package org.agnesi.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Rare;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Store;

/// A part of a long [VectorBody] as a method of its own, for some points at a time: all in one, HotSpot would not compile it.
///
/// Its points go from `from` to `to`, a vector at least; the last vector ends at `to`. What later parts take of it lies among
/// the accumulators, from the place of the value on; the accumulators take in the points from `first` on.
final class VectorPart implements PartMethod.Written {
    final VectorBody body;
    /// Scalars of earlier parts that this one takes, and their places.
    final Map<Scalar, Integer> imports = new IdentityHashMap<>();
    /// Its own scalars that later parts take.
    final Map<Scalar, Integer> exports = new IdentityHashMap<>();
    final List<Store> stores = new ArrayList<>();
    final List<Accumulator> accumulators = new ArrayList<>();
    /// Scalars the same at all points that it needs.
    final Set<Scalar> fixed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Load> loads = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Scalar> slow = new ArrayList<>();
    private final PartMethod method;

    VectorPart(PartMethod method, VectorBody body) {
        this.method = method;
        this.body = body;
    }

    @Override public PartMethod method() { return method; }

    /// All of a body, which has no method of its own.
    static VectorPart whole(VectorBody body) {
        var part = new VectorPart(new PartMethod("", List.of()), body);
        for (var step : body.steps) if (step instanceof Store store) part.stores.add(store);
        part.accumulators.addAll(body.accumulators);
        part.fixed.addAll(body.fixed);
        return part;
    }

    /// Says that it computes a scalar.
    void reads(Scalar x) {
        if (x instanceof Load load) loads.add(load);
        if (x instanceof Rare rare) slow.add(rare.slow());
    }

    @Override public void write(Emitter emitter, ClassBuilder type) {
        method.write(emitter, type, (code, from, to, first) -> {
            prologue(code);
            points(code, from, to, first);
        });
    }

    private void prologue(MethodCode method) {
        var needed = new ArrayList<>(slow);
        for (var load : loads) needed.add(new Load(load.buffer(), load.dtype(), body.resolved(load.index())));
        for (var store : stores) needed.add(body.resolved(store.index()));
        for (var x : fixed) needed.add(body.resolved(x));
        method.prologue(needed, stores.stream().map(Store::buffer).toList());
    }

    /// `for (next = from; next < to; next += lanes) { index = min(next, to - lanes); … }`
    private void points(MethodCode method, int from, int to, int first) {
        var code = method.code;
        int index = method.variable(body.index).slot(), next = code.allocateLocal(TypeKind.INT), lanes = body.lane().lanes();
        var vectors = new VectorCode(method, this, from);
        vectors.prologue();
        code.iload(from).istore(next);
        var again = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(again).iload(next).iload(to).if_icmpge(end);
        code.iload(next).iload(to).loadConstant(lanes).isub().invokestatic(Jvm.MATH, "min", Jvm.INT2).istore(index);
        vectors.statements();
        for (var a : accumulators) takenIn(method, vectors, a, next, first);
        code.iinc(next, lanes).goto_(again).labelBinding(end);
    }

    /// The points of a vector from `next` on and from `first` on are combined with what the accumulator holds.
    private void takenIn(MethodCode method, VectorCode vectors, Accumulator a, int next, int first) {
        var code = method.code;
        int index = method.variable(body.index).slot(), point = code.allocateLocal(TypeKind.INT);
        var kind = FoldCode.kind(a);
        int place = method.emitter.folds.scratch(kind, body.lane().lanes());
        vectors.emit(a.value());
        method.lanes(kind);
        code.loadConstant(place);
        vectors.lane(a.local().dtype()).store(code);
        code.iload(next).iload(first).invokestatic(Jvm.MATH, "max", Jvm.INT2).istore(point);
        method.emitter.folds.takeIn(method, a, place, point, index, () -> code.iload(index).loadConstant(body.lane().lanes()).iadd());
    }
}

package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.function.Consumer;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// Writes the vector of an innermost loop's last points, some of which were computed before: those that were not are moved to its first
/// lanes, and the lanes after them hold what changes no accumulator.
final class LastVector {
    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final VectorCode vectors;
    private final int lanes;
    private final int index;
    private final int to;

    /// @param to the variable that says where the points end
    LastVector(MethodCode method, VectorBody body, VectorCode vectors, int to) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.vectors = vectors;
        this.to = to;
        lanes = body.lane().lanes();
        index = method.variable(body.index).slot();
    }

    /// Leaves the index at the end.
    ///
    /// @param whereInPlace does something where an output's array is an input's
    void emit(Consumer<Runnable> whereInPlace) {
        var none = code.newLabel();
        code.iload(index).iload(to).if_icmpge(none);
        whereInPlace.accept(() -> code.goto_(none));
        int first = code.allocateLocal(TypeKind.INT);
        code.iload(index).istore(first);
        code.iload(to).loadConstant(lanes).isub().istore(index);
        vectors.statements();
        var values = body.accumulators.stream().map(this::keptAndNothing).toList();
        for (int k = 0; k < values.size(); k++) takenIn(body.accumulators.get(k), values.get(k), first);
        code.iload(to).istore(index).labelBinding(none);
    }

    /// An accumulator's values at the points, in memory.
    int kept(Accumulator a) { return kept(a, method.emitter.folds.scratch(FoldCode.kind(a), lanes)); }

    private int kept(Accumulator a, int place) {
        vectors.emit(a.value());
        store(a, () -> code.loadConstant(place));
        return place;
    }

    /// The same, and behind them as many that change nothing.
    private int keptAndNothing(Accumulator a) {
        int place = kept(a, method.emitter.folds.scratch(FoldCode.kind(a), 2 * lanes));
        lane(a).broadcast(code, () -> Jvm.constant(code, a.combine().identity(a.local().dtype())));
        store(a, () -> code.loadConstant(place + lanes));
        return place;
    }

    /// Takes in the values from the point `first` on: one by one where they go to the last accumulators and on to the first, as those of a
    /// loop may that began at a line of the cache.
    private void takenIn(Accumulator a, int place, int first) {
        var around = code.newLabel();
        var end = code.newLabel();
        code.iload(first).loadConstant(Fold.WIDTH - 1).iand().loadConstant(Fold.WIDTH - lanes).if_icmpgt(around);
        together(a, place, first);
        code.goto_(end).labelBinding(around);
        int point = code.allocateLocal(TypeKind.INT);
        code.iload(first).istore(point);
        method.emitter.folds.takeIn(method, a, place, point, index, () -> code.iload(to));
        code.labelBinding(end);
    }

    private void together(Accumulator a, int place, int first) {
        int own = code.allocateLocal(TypeKind.INT);
        code.loadConstant(method.emitter.folds.place(a)).iload(first).loadConstant(Fold.WIDTH - 1).iand().iadd().istore(own);
        load(a, () -> code.iload(own));
        load(a, () -> code.loadConstant(place).iload(first).iadd().iload(index).isub());
        lane(a).combine(code, a.combine());
        store(a, () -> code.iload(own));
    }

    private void load(Accumulator a, Runnable place) {
        lane(a).species(code);
        method.lanes(FoldCode.kind(a));
        place.run();
        lane(a).load(code);
    }

    /// The vector on the stack.
    private void store(Accumulator a, Runnable place) {
        method.lanes(FoldCode.kind(a));
        place.run();
        lane(a).store(code);
    }

    private Lane lane(Accumulator a) { return vectors.lane(a.local().dtype()); }
}

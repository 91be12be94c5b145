package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.Store;

/// Writes an innermost loop as vectors. What is left at its end, fewer points than lanes, is computed once more as a whole vector
/// that ends there; where that is not the same, because a point reads what it overwrites, or not worth it, point by point.
///
/// ```
/// for (; index is not aligned; index++) the accumulators take in the point  light folds over large arrays only
/// for (; index + 8 vectors ≤ to; …) more accumulators in variables          very light folds of any order only
/// for (; index + 32 ≤ to; index += 32) the accumulators in variables        light folds, and those of [FewAccumulators]
/// for (; index + lanes ≤ to; index += lanes) the accumulators in memory
/// if (index < to) the vector at to - lanes, of which the accumulators take in the points from index on
/// ```
final class VectorLoop {
    /// Scalars per point above which a fold's loop is not written four times.
    static final int LIGHT = 40;
    /// Scalars per point up to which a fold takes its last points one by one, where a vector has no more than so many lanes.
    private static final int SHORT = 16, FEW_LANES = 8;
    /// Scalars per point up to which a maximum, which takes longer than other sums and may be taken in any order, has [#VECTORS] vectors
    /// of accumulators.
    private static final int FEW = 12, VECTORS = 8;
    /// Points, and elements of an array, from which it pays that vectors begin where the cache's lines do.
    private static final int MANY = 2048, LARGE = 1 << 17;
    /// Bytes of an array before its elements.
    private static final int HEADER = 16;
    private static final int NONE = -1;

    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final VectorCode vectors;
    private final LastVector last;
    private final int index;
    private final int to;
    /// The variable with the number of points of a fold before this row of it; [#NONE] where the index is a point's number.
    private final int before;

    /// @param to the variable that says where the points end
    VectorLoop(MethodCode method, VectorBody body, int to) { this(method, body, to, NONE); }

    /// A row of a fold with several loops, whose next point begins a vector of accumulators.
    ///
    /// @param before the variable with what is added to the index for a point's number
    VectorLoop(MethodCode method, VectorBody body, int to, int before) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.to = to;
        this.before = before;
        vectors = new VectorCode(method, body);
        index = method.variable(body.index).slot();
        last = new LastVector(method, body, vectors, to);
    }

    /// Goes through the points from the index on, as far as whole vectors go, and leaves the index at the next.
    void emit() {
        var end = code.newLabel();
        int lanes = body.lane().lanes();
        code.iload(to).iload(index).isub().loadConstant(lanes).if_icmplt(end);
        for (var load : body.loads) if (method.emitter.exposed.contains(load)) inside(load.index(), load.buffer(), end);
        for (var check : body.checks) new StmtCode(method, false)
            .emit(new Check(body.resolved(check.index()), body.resolved(check.size()), check.axis(), check.site()));
        if (body.isLong()) parts(VectorParts.of(body, method.emitter), lanes);
        else whole(lanes);
        code.labelBinding(end);
    }

    /// Puts the number of the next point in its fold on the stack.
    private void number() {
        code.iload(index);
        if (before != NONE) code.iload(before).iadd();
    }

    /// ```
    /// while (index < to) {
    ///     next = end(index, to, 64); first = index; from = min(first, to - lanes)
    ///     each part(from, next, first)
    ///     index = next
    /// }
    /// ```
    private void parts(List<PartMethod> parts, int lanes) {
        int next = code.allocateLocal(TypeKind.INT), first = code.allocateLocal(TypeKind.INT), from = code.allocateLocal(TypeKind.INT);
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(to).istore(last);
        if (body.isRepeatable()) whereInPlace(() -> wholeVectors(lanes, last));
        else wholeVectors(lanes, last);
        var again = code.newLabel();
        var end = code.newLabel();
        int calls = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(calls).labelBinding(again).iload(index).iload(last).if_icmpge(end);
        method.end(index, last, () -> code.loadConstant(VectorParts.POINTS), calls);
        code.istore(next).iload(index).istore(first);
        code.iload(first).iload(next).iload(last).loadConstant(lanes).isub().invokestatic(Jvm.TASTE, "begin", Jvm.INT3).istore(from);
        for (var part : parts) part.call(method, from, next, first);
        code.iload(next).istore(index).iinc(calls, 1).goto_(again).labelBinding(end);
    }

    private void wholeVectors(int lanes, int last) {
        code.iload(to).iload(to).iload(index).isub().loadConstant(lanes).irem().isub().istore(last);
    }

    /// Where an output's array is an input's, at run time.
    private void whereInPlace(Runnable then) {
        for (var step : body.steps) if (step instanceof Store(var out, _, _) && method.emitter.inPlace.get(out) instanceof Integer in) {
            var apart = code.newLabel();
            method.array(out);
            method.array(in);
            code.if_acmpne(apart);
            then.run();
            code.labelBinding(apart);
        }
    }

    private void whole(int lanes) {
        vectors.prologue();
        boolean isRow = before != NONE, folds = !body.accumulators.isEmpty(), isLight = folds && body.weight() <= LIGHT;
        if (isLight && !isRow) inVariables();
        else if (isLight || folds && FewAccumulators.areIn(body)) FewAccumulators.emit(method, body, vectors, to, this::number);
        steps(lanes, () -> {
            vectors.statements();
            for (var a : body.accumulators) inMemory(a);
        });
        boolean pays = !folds || body.weight() > SHORT || lanes > FEW_LANES;
        if (body.isRepeatable() && pays && !isRow) last.emit(this::whereInPlace);
    }

    /// Goes to `outside` unless all points' elements lie in the array.
    private void inside(Scalar position, int buffer, Label outside) {
        int first = code.allocateLocal(TypeKind.INT);
        method.scalars.low(body.resolved(position));
        code.istore(first).iload(first).iflt(outside);
        method.array(buffer);
        code.arraylength().iload(first).isub().iload(to).iload(index).isub().if_icmplt(outside);
    }

    /// `for (; index ≤ to - width; index += width) body`
    private void steps(int width, Runnable body) {
        var again = code.newLabel();
        var end = code.newLabel();
        int last = code.allocateLocal(TypeKind.INT);
        code.iload(to).loadConstant(width).isub().istore(last);
        code.labelBinding(again).iload(index).iload(last).if_icmpgt(end);
        body.run();
        code.iinc(index, width).goto_(again).labelBinding(end);
    }

    private void inVariables() {
        int lanes = body.lane().lanes(), skipped = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(skipped);
        body.loads.stream().filter(load -> load.dtype().bytes() * lanes == Simd.width() / 8).findFirst()
            .filter(_ -> body.steps.stream().noneMatch(Store.class::isInstance)).ifPresent(load -> align(load, lanes, skipped));
        var held = new AccumulatorVariables(method, body, vectors, to);
        // from the one on that takes the next point; those skipped are behind the others
        AccumulatorVariables.Place place = (a, k) -> code.loadConstant(method.emitter.folds.place(a) + k).iload(skipped).iadd();
        for (var a : body.accumulators) moveSkipped(a, 0, Fold.WIDTH, skipped);
        var variables = body.accumulators.stream().map(a -> held.loaded(a, place)).toList();
        int count = Fold.WIDTH / lanes;
        if (count < VECTORS && body.weight() <= FEW && body.accumulators.stream().allMatch(a -> a.combine().isExact())) {
            var more = new ArrayList<List<Integer>>();
            for (int j = 0; j < variables.size(); j++) more.add(besides(variables.get(j), body.accumulators.get(j)));
            held.takeIn(VECTORS, more);
            for (int j = 0; j < variables.size(); j++) joined(more.get(j), count, body.accumulators.get(j));
        }
        held.takeIn(count, variables);
        for (int j = 0; j < variables.size(); j++) held.store(body.accumulators.get(j), variables.get(j), place);
        for (var a : body.accumulators) moveSkipped(a, Fold.WIDTH, 0, skipped);
    }

    /// The variables of an accumulator, and more, which begin at the identity.
    private List<Integer> besides(List<Integer> slots, Accumulator a) {
        var all = new ArrayList<>(slots);
        while (all.size() < VECTORS) {
            lane(a).broadcast(code, () -> Jvm.constant(code, a.combine().identity(a.local().dtype())));
            all.add(code.allocateLocal(TypeKind.REFERENCE));
            code.astore(all.getLast());
        }
        return all;
    }

    private void joined(List<Integer> all, int count, Accumulator a) {
        for (int k = count; k < all.size(); k++) {
            int slot = all.get(k % count);
            code.aload(slot).aload(all.get(k));
            lane(a).combine(code, a.combine());
            code.astore(slot);
        }
    }

    /// Takes in points one by one as far as the array's vectors begin where a line of the cache does, if the array begins as G1's large
    /// arrays do, and says how many those were: a vector in two lines is read twice.
    private void align(Load load, int lanes, int skipped) {
        var none = code.newLabel();
        code.iload(to).iload(index).isub().loadConstant(MANY).if_icmplt(none);
        method.array(load.buffer());
        code.arraylength().loadConstant(LARGE).if_icmplt(none);
        method.scalars.low(body.resolved(load.index()));
        code.loadConstant(HEADER / load.dtype().bytes()).iadd().ineg().loadConstant(lanes - 1).iand().istore(skipped);
        vectors.statements();
        int end = code.allocateLocal(TypeKind.INT), point = code.allocateLocal(TypeKind.INT);
        code.iload(index).iload(skipped).iadd().istore(end);
        for (var a : body.accumulators) {
            code.iload(index).istore(point);
            method.emitter.folds.takeIn(method, a, last.kept(a), point, index, () -> code.iload(end));
        }
        code.iload(end).istore(index).labelBinding(none);
    }

    private void moveSkipped(Accumulator a, int from, int to, int skipped) {
        int place = method.emitter.folds.place(a);
        var type = Jvm.method(ConstantDescs.CD_void, Jvm.type(FoldCode.kind(a)).arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_int,
            ConstantDescs.CD_int);
        method.lanes(FoldCode.kind(a));
        code.loadConstant(place + from).loadConstant(place + to).iload(skipped).invokestatic(Jvm.LANES, "move", type);
    }

    private void inMemory(Accumulator a) {
        int place = code.allocateLocal(TypeKind.INT);
        code.loadConstant(method.emitter.folds.place(a));
        number();
        code.loadConstant(Fold.WIDTH - 1).iand().iadd().istore(place);
        lane(a).species(code);
        method.lanes(FoldCode.kind(a));
        code.iload(place);
        lane(a).load(code);
        vectors.combine(a);
        method.lanes(FoldCode.kind(a));
        code.iload(place);
        lane(a).store(code);
    }

    private Lane lane(Accumulator a) { return vectors.lane(a.local().dtype()); }
}

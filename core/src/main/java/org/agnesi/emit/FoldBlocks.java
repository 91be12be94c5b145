package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.List;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;

/// Writes a fold block by block, in one place or as parts that any thread may run.
///
/// ```
/// total = identity
/// for (from = 0; from < n; from = to) {
///     to = min(n, from + block)
///     the points from `from` up to `to`
///     total ∘= the accumulators' tree
/// }
/// ```
final class FoldBlocks {
    private final MethodCode method;
    private final CodeBuilder code;
    private final FoldCode folds;
    private final Fold fold;
    private final StmtCode statements;
    /// Variables: the first loop's extent, the points of all others together, how many indices are a block.
    private final int n;
    private final int inner;
    private final int block;

    FoldBlocks(MethodCode method, Fold fold) {
        this.method = method;
        this.code = method.code;
        this.fold = fold;
        folds = method.emitter.folds;
        statements = new StmtCode(method, false);
        var extents = statements.extents(fold);
        n = extents.isEmpty() ? one() : extents.getFirst();
        inner = inner(extents);
        block = code.allocateLocal(TypeKind.INT);
        if (fold.loops().size() < 2) code.loadConstant(Fold.block(1));
        else code.lload(inner).invokestatic(Jvm.desc(Fold.class), "block", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_long));
        code.istore(block);
    }

    private int one() {
        int one = code.allocateLocal(TypeKind.INT);
        code.iconst_1().istore(one);
        return one;
    }

    private int inner(List<Integer> extents) {
        int points = code.allocateLocal(TypeKind.LONG);
        code.lconst_1().lstore(points);
        for (int extent : extents.stream().skip(1).toList()) code.lload(points).iload(extent).i2l().lmul().lstore(points);
        return points;
    }

    /// All blocks, one after the other.
    void inline() {
        for (var a : fold.accumulators()) folds.empty(method, a);
        int from = code.allocateLocal(TypeKind.INT);
        int to = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(from);
        repeat(from, n, () -> {
            to(from, to);
            int points = start(from, to);
            points(from, to);
            for (var a : fold.accumulators()) {
                folds.finish(method, a, points);
                folds.join(method, a);
            }
            code.iload(to).istore(from);
        });
    }

    private void points(int from, int to) {
        var outline = method.isApart() && !fold.loops().isEmpty() ? Outline.inside(fold, method) : null;
        if (outline != null) outline.call(method, from, to, () -> statements.points(fold, from, to));
        else statements.points(fold, from, to);
    }

    /// As parts, each of which leaves its result for each accumulator, which are combined here.
    void outlined(Outline outline) {
        for (var a : fold.accumulators()) folds.empty(method, a);
        int blocks = code.allocateLocal(TypeKind.INT);
        code.iload(n).iload(block).invokestatic(Jvm.MATH, "ceilDiv", Jvm.INT2).istore(blocks);
        outline.reserve(method, fold, blocks);
        outline.parts(method, blocks);
        int b = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(b);
        repeat(b, blocks, () -> {
            for (var a : fold.accumulators()) {
                result(a, b);
                code.arrayLoad(FoldCode.kind(a));
                code.conversion(FoldCode.kind(a), Jvm.kind(a.local().dtype()));
                folds.join(method, a);
            }
            code.iinc(b, 1);
        });
    }

    /// The blocks from number `b` up to number `last`; their points are methods of their own.
    void parts(Outline outline, int b, int last) {
        int from = code.allocateLocal(TypeKind.INT);
        int to = code.allocateLocal(TypeKind.INT);
        repeat(b, last, () -> {
            code.iload(b).iload(block).imul().istore(from);
            to(from, to);
            int points = start(from, to);
            outline.chunks(method, from, to);
            for (var a : fold.accumulators()) {
                result(a, b);
                folds.finish(method, a, points);
                code.conversion(Jvm.kind(a.local().dtype()), FoldCode.kind(a));
                code.arrayStore(FoldCode.kind(a));
            }
            code.iinc(b, 1);
        });
    }

    /// The array and the place in it of a block's result for an accumulator.
    private void result(Accumulator a, int b) {
        var kind = FoldCode.kind(a);
        var same = fold.accumulators().stream().filter(other -> FoldCode.kind(other) == kind).toList();
        method.results(kind);
        code.iload(b).loadConstant(same.size()).imul().loadConstant(same.indexOf(a)).iadd();
    }

    /// `to = min(n, from + block)`
    private void to(int from, int to) {
        code.iload(n).iload(from).isub().iload(block).invokestatic(Jvm.MATH, "min", Jvm.INT2).iload(from).iadd().istore(to);
    }

    /// Begins a block, and gives the variable of its number of points.
    private int start(int from, int to) {
        int points = code.allocateLocal(TypeKind.LONG);
        code.iload(to).iload(from).isub().i2l().lload(inner).lmul().lstore(points);
        for (var a : fold.accumulators()) folds.start(method, a, points);
        return points;
    }

    /// `while (index < end) body`
    private void repeat(int index, int end, Runnable body) {
        var again = code.newLabel();
        var done = code.newLabel();
        code.labelBinding(again).iload(index).iload(end).if_icmpge(done);
        body.run();
        code.goto_(again).labelBinding(done);
    }
}

package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;
import org.agnesi.kernel.Stmts;
import org.jspecify.annotations.Nullable;

/// Writes statements, one point after the other.
final class StmtCode {
    private final MethodCode method;
    private final CodeBuilder code;
    private final boolean outermost;

    /// @param outermost whether loops become methods of their own
    StmtCode(MethodCode method, boolean outermost) {
        this.method = method;
        this.code = method.code;
        this.outermost = outermost;
    }

    void emit(Stmt stmt) {
        switch (stmt) {
            case Seq(var steps) ->
                steps.forEach(step -> Piece.in(step, method).ifPresentOrElse(piece -> piece.call(method), () -> emit(step)));
            case For loop -> loop(loop);
            case Fold fold -> fold(fold);
            case While(var condition, var body) -> repeat(condition, body);
            case If(var condition, var then, var otherwise) -> choose(condition, then, otherwise);
            case Let(var local, var value) -> assign(local, value);
            case Assign(var local, var value) -> assign(local, value);
            case Store(var buffer, var index, var value) -> store(buffer, index, value);
            case Accumulate sum -> emit(sum.store());
            case Check check -> check(check);
        }
    }

    private void assign(Local local, Scalar value) {
        var variable = method.variable(local);
        if (variable.kind() == TypeKind.INT && local.dtype() == DType.INT64) method.scalars.low(value);
        else method.scalars.emit(value);
        code.storeLocal(variable.kind(), variable.slot());
    }

    private void store(int buffer, Scalar index, Scalar value) {
        method.array(buffer);
        method.scalars.low(index);
        method.scalars.emit(value);
        code.arrayStore(Jvm.element(value.dtype()));
    }

    private void repeat(Scalar condition, Stmt body) {
        var again = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(again);
        method.scalars.unless(condition, end);
        emit(body);
        code.goto_(again).labelBinding(end);
    }

    private void choose(Scalar condition, Stmt then, Stmt otherwise) {
        var no = code.newLabel();
        var end = code.newLabel();
        method.scalars.unless(condition, no);
        emit(then);
        code.goto_(end).labelBinding(no);
        emit(otherwise);
        code.labelBinding(end);
    }

    /// Throws unless `0 ≤ index < size`.
    private void check(Check check) {
        int index = code.allocateLocal(TypeKind.LONG);
        int size = code.allocateLocal(TypeKind.LONG);
        var outside = code.newLabel();
        var end = code.newLabel();
        method.scalars.emit(check.index());
        code.lstore(index);
        method.scalars.emit(check.size());
        code.lstore(size).lload(index).lconst_0().lcmp().iflt(outside).lload(index).lload(size).lcmp().iflt(end);
        code.labelBinding(outside).new_(Jvm.OUTSIDE).dup().loadConstant(check.site()).loadConstant(check.axis()).lload(index).lload(size);
        code.invokespecial(Jvm.OUTSIDE, ConstantDescs.INIT_NAME, Jvm.method(ConstantDescs.CD_void,
            ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_long, ConstantDescs.CD_long)).athrow().labelBinding(end);
    }

    /// Gives names to what is used twice: the same scalars as trees, in which a name stands for each of those.
    List<Scalar> named(List<Scalar> roots) {
        var order = Scalars.inOrder(roots);
        var uses = new IdentityHashMap<Scalar, Integer>();
        for (var root : roots) uses.merge(root, 1, Integer::sum);
        for (var x : order) for (var part : Scalars.parts(x)) uses.merge(part, 1, Integer::sum);
        var trees = new IdentityHashMap<Scalar, Scalar>();
        for (var x : order) {
            var tree = Scalars.with(x, Scalars.parts(x).stream().map(trees::get).toList());
            method.emitter.exposeAlike(tree, x);
            if (uses.getOrDefault(x, 0) > 1 && !Scalars.parts(x).isEmpty()) {
                var name = new Local(method.emitter.fresh(), x.dtype());
                assign(name, tree);
                tree = name;
            }
            trees.put(x, tree);
        }
        return roots.stream().map(trees::get).toList();
    }

    // loops

    private void loop(For loop) {
        int n = extent(loop.extent(), Stmts.depth(loop) > 1);
        if (outermost && Outline.of(loop, method) instanceof Outline outline) {
            outline.call(method, n);
            return;
        }
        int zero = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(zero);
        var inside = !outermost && method.isApart() ? Outline.inside(loop, method) : null;
        if (inside != null) inside.call(method, zero, n, () -> points(loop, zero, n));
        else points(loop, zero, n);
    }

    /// The points of a loop from one variable's value up to another's.
    void points(For loop, int from, int to) {
        int index = method.variable(loop.index()).slot();
        code.iload(from).istore(index);
        vectors(loop.index(), loop.body(), List.of(), to);
        method.emitter.together(loop).ifPresent(several -> together(several, index, to));
        count(index, to, () -> new StmtCode(method, false).emit(loop.body()));
    }

    /// As many points as can be taken several at a time.
    private void together(RowsTogether several, int index, int to) {
        var again = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(again).iload(to).iload(index).isub().loadConstant(RowsTogether.ROWS).if_icmplt(end);
        new StmtCode(method, false).emit(several.body());
        code.iinc(index, RowsTogether.ROWS).goto_(again).labelBinding(end);
    }

    /// As many points as vectors can take.
    private void vectors(Local index, Stmt body, List<Accumulator> accumulators, int to) {
        if (method.emitter.vectors(index, body, accumulators) instanceof VectorBody vector)
            new VectorLoop(method, vector, to).emit();
    }

    /// `while (index < to) { body; index++ }`
    private void count(int index, int to, Runnable body) {
        var again = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(again).iload(index).iload(to).if_icmpge(end);
        body.run();
        code.iinc(index, 1).goto_(again).labelBinding(end);
    }

    /// The variables of a fold's extents.
    List<Integer> extents(Fold fold) {
        int last = fold.loops().size() - 1;
        return IntStream.rangeClosed(0, last).mapToObj(k ->
            extent(fold.loops().get(k).extent(), k < last || Stmts.depth(fold.body()) > 0)).toList();
    }

    /// A variable that holds an extent; arrays have fewer than 2³¹ elements.
    ///
    /// @param hasInside whether there are loops inside
    private int extent(Scalar extent, boolean hasInside) {
        int n = code.allocateLocal(TypeKind.INT);
        if (method.emitter.bounds.areInts(extent, extent)) method.scalars.low(extent);
        else {
            method.scalars.emit(extent);
            code.invokestatic(Jvm.MATH, "toIntExact", Jvm.method(ConstantDescs.CD_int, ConstantDescs.CD_long));
        }
        if (method.emitter.tastes) {
            method.chunk();
            code.invokestatic(Jvm.TASTE, hasInside ? "rows" : "points", Jvm.INT2);
        }
        code.istore(n);
        return n;
    }

    private void fold(Fold fold) {
        var blocks = new FoldBlocks(method, fold);
        if (outermost && !fold.loops().isEmpty() && Outline.of(fold, method) instanceof Outline outline) blocks.outlined(outline);
        else blocks.inline();
    }

    /// The points of a fold whose first loop runs from one variable's value up to another's.
    void points(Fold fold, int from, int to) {
        if (fold.loops().isEmpty()) point(fold, from);
        else points(fold, from, to, extents(fold));
    }

    private void points(Fold fold, int from, int to, List<Integer> extents) {
        int first = method.variable(fold.loops().getFirst().index()).slot();
        int point = extents.size() > 1 ? code.allocateLocal(TypeKind.INT) : first;
        if (extents.size() > 1) {
            code.iload(from);
            for (int n : extents.subList(1, extents.size())) code.iload(n).imul();
            code.istore(point);
        }
        code.iload(from).istore(first);
        if (extents.size() == 1) vectors(fold.loops().getFirst().index(), fold.body(), fold.accumulators(), to);
        var row = extents.size() > 1 ? FoldRow.of(method, fold, extents.getLast(), point) : null;
        if (row == null) nest(fold, to, extents, point);
        else row.ifLong(() -> nest(fold, to, extents, 0, point, row), () -> nest(fold, to, extents, point));
    }

    private void nest(Fold fold, int to, List<Integer> extents, int point) { nest(fold, to, extents, 0, point, null); }

    /// @param row how vectors take in most of the innermost loop's points, if they do
    private void nest(Fold fold, int to, List<Integer> extents, int depth, int point, @Nullable FoldRow row) {
        int index = method.variable(fold.loops().get(depth).index()).slot();
        boolean isInnermost = depth + 1 == extents.size();
        if (depth > 0) code.iconst_0().istore(index);
        if (isInnermost && row != null) row.vectors(() -> point(fold, point));
        count(index, depth == 0 ? to : extents.get(depth), () -> {
            if (!isInnermost) nest(fold, to, extents, depth + 1, point, row);
            else {
                point(fold, point);
                if (depth > 0) code.iinc(point, 1);
            }
        });
    }

    private void point(Fold fold, int point) {
        new StmtCode(method, false).emit(fold.body());
        for (var a : fold.accumulators()) method.emitter.folds.feed(method, a, point);
    }
}

package org.agnesi.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import org.agnesi.kernel.Stmt.Fold;
import org.jspecify.annotations.Nullable;

/// Writes most of the innermost of a fold's several loops as vectors. A row of it begins at any accumulator: points are taken in one by
/// one up to the first that begins a vector of accumulators.
///
/// ```
/// for (; point % lanes ≠ 0; index++, point++) the accumulators take in the point
/// vectors, as far as whole ones go
/// ```
final class FoldRow {
    /// Vectors in a row for which it is worth it: of folds that are light, and of others.
    private static final int MANY = 4, FEW = 2;

    private final MethodCode method;
    private final CodeBuilder code;
    private final VectorBody body;
    private final int lanes;
    private final int index;
    private final int to;
    private final int point;

    private FoldRow(MethodCode method, VectorBody body, int to, int point) {
        this.method = method;
        this.code = method.code;
        this.body = body;
        this.to = to;
        this.point = point;
        lanes = body.lane().lanes();
        index = method.variable(body.index).slot();
    }

    /// Null where the innermost loop has no vectors.
    ///
    /// @param to    the variable that says where a row ends
    /// @param point the variable with the number of a point in the fold
    static @Nullable FoldRow of(MethodCode method, Fold fold, int to, int point) {
        var body = method.emitter.vectors(fold.loops().getLast().index(), fold.body(), fold.accumulators());
        return body == null || body.isLong() ? null : new FoldRow(method, body, to, point);
    }

    /// Chooses between two forms of all loops: beside vectors, those of a short row take twice as long.
    void ifLong(Runnable then, Runnable otherwise) {
        var few = code.newLabel();
        var end = code.newLabel();
        code.iload(to).loadConstant(lanes * (body.weight() <= VectorLoop.LIGHT ? MANY : FEW)).if_icmplt(few);
        then.run();
        code.goto_(end).labelBinding(few);
        otherwise.run();
        code.labelBinding(end);
    }

    /// From a row's first point on, as far as vectors go.
    ///
    /// @param single takes in a point
    void vectors(Runnable single) {
        var again = code.newLabel();
        var aligned = code.newLabel();
        code.labelBinding(again).iload(point).loadConstant(lanes - 1).iand().ifeq(aligned);
        single.run();
        code.iinc(index, 1).iinc(point, 1).goto_(again).labelBinding(aligned);
        int before = code.allocateLocal(TypeKind.INT);
        code.iload(point).iload(index).isub().istore(before);
        new VectorLoop(method, body, to, before).emit();
        code.iload(index).iload(before).iadd().istore(point);
    }
}

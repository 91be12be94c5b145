package org.agnesi.derive;

import java.util.List;
import org.agnesi.error.Required;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.symbolic.Expr;

/// A Jacobian or Hessian as the entries that can be other than zero, row by row: expressions, to be compiled as any others.
///
/// Rows are the elements of y and columns those of x, in C order. The pattern depends on sizes and index data only, is found once
/// for each, and is the same at all points: an entry that happens to be zero at one of them is stored all the same.
///
/// ```java
/// var J = jacobianSparse(y, x);
/// var f = function(inputs(x), outputs(J.values(), List.of(J.columns(), J.rowPointers())));
/// ```
///
/// @param values      the entries, float
/// @param columns     the column of each entry, int32, increasing within a row
/// @param rowPointers where each row begins among the entries, and at last how many there are: int32, one more than rows
/// @param rows        the row of each entry, int32
/// @param sweeps      how many sweeps they take: the number of colours, an int64 scalar
/// @param ySizes      the lengths of y
/// @param xSizes      the lengths of x
public record SparseJacobian(
        Expr values, Expr columns, Expr rowPointers, Expr rows, Expr sweeps, List<Expr> ySizes, List<Expr> xSizes) {
    public SparseJacobian {
        ySizes = List.copyOf(ySizes);
        xSizes = List.copyOf(xSizes);
    }

    /// The sparse Jacobian of `y` with respect to `x`.
    ///
    /// @throws org.agnesi.error.DisconnectedInputError if `y` does not depend on `x`
    public static SparseJacobian jacobianSparse(Expr y, Expr x) {
        return of("jacobianSparse", y, x, false, GradOption.Handling.RAISE);
    }

    /// The sparse Jacobians with respect to several inputs, in their order.
    public static List<SparseJacobian> jacobianSparse(Expr y, List<? extends Expr> xs) {
        return Required.<Expr>all("jacobianSparse", "what to derive by", xs).stream().map(x -> jacobianSparse(y, x)).toList();
    }

    /// The sparse Hessian of a scalar cost: both halves, though only one is computed.
    ///
    /// @throws org.agnesi.error.TypeError if the cost is no scalar
    public static SparseJacobian hessianSparse(Expr cost, Expr x) {
        Jacobian.checkScalar("hessianSparse", cost);
        return of("hessianSparse", Gradient.grad(cost, x), x, Jacobian.isSymmetric(cost), GradOption.Handling.IGNORE);
    }

    /// Which entries of the Jacobian can be other than zero: booleans of its shape.
    public static Expr sparsity(Expr y, Expr x) {
        var j = of("sparsity", y, x, false, GradOption.Handling.RAISE);
        return CompressedSweeps.dense(Fill.fill(j.columns, Constant.constant(true)), j.rows, j.columns, j.ySizes, j.xSizes);
    }

    private static SparseJacobian of(String what, Expr y, Expr x, boolean symmetric, GradOption.Handling handling) {
        Required.argument(what, y);
        Required.of(what, "what to derive by", x);
        Connection.check(what, List.of(y), x, handling);
        var closure = Jacobian.closed(y, x);
        var found = Expr.all(new CompressedJacobian(closure.lambda(), symmetric), closure.captured());
        return new SparseJacobian(found.get(0), found.get(1), found.get(2), found.get(3), found.get(4), y.lengths(), x.lengths());
    }

    /// The whole matrix, of y's shape followed by x's.
    public Expr toDense() { return CompressedSweeps.dense(values, rows, columns, ySizes, xSizes); }
}

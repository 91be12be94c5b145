package org.agnesi.op;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Samples of solve, inverse, cholesky, slogdet.
final class LinearAlgebraSamples {
    private LinearAlgebraSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.binary("solve for a vector", (a, b) -> Solve.solve(regular(a), b), Input.of(3, 3), Input.of(3)),
            Sample.binary("solve for a matrix", (a, b) -> Solve.solve(regular(a), b), Input.of(3, 3), Input.of(3, 2)),
            Sample.binary("solve in a batch", (a, b) -> Solve.solve(regular(a), b), Input.of(2, 3, 3), Input.of(2, 3, 2)),
            Sample.binary("solve with one matrix for all", (a, b) -> Solve.solve(regular(a), b), Input.of(3, 3), Input.of(2, 3, 2)),
            Sample.binary("solve of nothing", Solve::solve, Input.of(0, 0), Input.of(0, 2)),
            Sample.binary("solve a lower triangle", (a, b) -> SolveTriangular.solveTriangular(regular(a), b, true), Input.of(3, 3), Input.of(3, 2)),
            Sample.binary("solve an upper triangle", (a, b) -> SolveTriangular.solveTriangular(regular(a), b, false), Input.of(2, 3, 3), Input.of(2, 3, 1)),
            Sample.unary("inverse", a -> Inverse.inverse(regular(a)), Input.of(3, 3)),
            Sample.unary("inverse in a batch", a -> Inverse.inverse(regular(a)), Input.of(2, 2, 2)),
            Sample.unary("cholesky", a -> Cholesky.cholesky(definite(a)), Input.of(3, 3)),
            Sample.unary("cholesky in a batch", a -> Cholesky.cholesky(definite(a)), Input.of(2, 2, 2)),
            Sample.all("slogdet", in -> Slogdet.slogdet(regular(in.getFirst())), Input.of(3, 3)),
            Sample.all("slogdet in a batch", in -> Slogdet.slogdet(regular(in.getFirst())), Input.of(2, 2, 2)),
            Sample.unary("det", a -> Slogdet.det(a), Input.of(2, 2).between(1, 2).exactly(1, 2, -1, 1.5)));
    }

    /// Far from singular: the diagonal dominates.
    private static Expr regular(Expr a) { return Add.add(a, Mul.mul(Constant.constant(8), identity(a))); }

    private static Expr definite(Expr a) { return Add.add(Matrices.product(a, Matrices.transposed(a)), identity(a)); }

    private static Expr identity(Expr a) { return FromDiagonal.fromDiagonal(Fill.fill(Diagonal.diagonal(a, 0, -2, -1), Constant.of(1, a.type().dtype())), 0); }
}

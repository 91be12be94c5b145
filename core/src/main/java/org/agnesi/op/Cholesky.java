package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.MatrixError;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The lower triangular `L` with `L Lᵀ = A`, for symmetric positive definite matrices in the last two axes.
///
/// Of `A` its symmetric part counts, so that its derivatives are those of a function of all its elements:
/// `dL = L Φ(L⁻¹ dA L⁻ᵀ)`, where `Φ` takes the lower triangle and halves the diagonal (Murray 2016, *Differentiation of
/// the Cholesky decomposition*).
public record Cholesky() implements MatrixFunction {
    public static Expr cholesky(Expr a) { return Expr.of(new Cholesky(), List.of(Matrices.square("cholesky", a))); }

    @Override public double[][] value(NDArray a, int k) {
        double[][] u = Matrices.elements(a, k), l = new double[u.length][u.length];
        for (int i = 0; i < u.length; i++) for (int j = i; j < u.length; j++) u[i][j] = (u[i][j] + u[j][i]) * 0.5;
        if (!Elimination.factorize(u)) throw new MatrixError("cholesky needs a positive definite matrix, but %s" + Matrices.which(a, k)
            + " is not\nAdd a small multiple of eye(n), or check that it is symmetric.");
        for (int i = 0; i < l.length; i++) for (int j = 0; j <= i; j++) l[i][j] = u[j][i];
        return l;
    }

    @Override public boolean value(Blas blas, int n, double[] a, int at, double[] out, int to) {
        for (int i = 0; i < n; i++) for (int j = 0; j <= i; j++) out[to + i * n + j] = (a[at + i * n + j] + a[at + j * n + i]) * 0.5;
        return blas.cholesky(n, out, to, out, to);
    }

    @Override public Scalar flops(Operand a) { return Matrices.cubes(a, 1, 3); }

    @Override public Partial partial(Expr a, Expr y) {
        return Partial.linear(
            da -> Matrices.product(y, half(divided(y, Matrices.transposed(divided(y, symmetric(da)))))),
            g -> symmetric(Matrices.transposed(back(y, Matrices.transposed(back(y, half(Matrices.product(Matrices.transposed(y), g))))))));
    }

    /// `L⁻¹ m`.
    private static Expr divided(Expr l, Expr m) { return new SolveTriangular(true, false).of(l, m); }

    /// `L⁻ᵀ m`.
    private static Expr back(Expr l, Expr m) { return new SolveTriangular(true, true).of(l, m); }

    private static Expr symmetric(Expr m) { return Mul.mul(Add.add(m, Matrices.transposed(m)), Constant.constant(0.5)); }

    /// `Φ`: the lower triangle with its diagonal halved.
    private static Expr half(Expr m) { return Mul.mul(Add.add(Construction.tril(m, 0), Construction.tril(m, -1)), Constant.constant(0.5)); }
}

package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The `X` with `T X = B`, or `Tᵀ X = B`, `T` one triangle of `A`: what is beyond its diagonal is not looked at.
///
/// @param lower      whether `T` is the lower triangle
/// @param transposed whether it is `Tᵀ` that counts
public record SolveTriangular(boolean lower, boolean transposed) implements Equations {

    /// As [Solve#solve], with one triangle of `a` only.
    public static Expr solveTriangular(Expr a, Expr b, boolean lower) {
        return Equations.asked("solveTriangular", a, b, (matrix, right) -> new SolveTriangular(lower, false).of(matrix, right));
    }

    @Override public Expr of(Expr a, Expr b) { return Expr.of(this, List.of(a, b)); }
    @Override public SolveTriangular other() { return new SolveTriangular(lower, !transposed); }
    @Override public Expr used(Expr a) { return lower ? Construction.tril(a, 0) : Construction.triu(a, 0); }

    @Override public Scalar flops(Operand a, Operand b) { return Matrices.substitution(b); }

    @Override public boolean value(Blas blas, int n, int columns, double[] a, int at, double[] b, int from, double[] x) {
        for (int i = 0; i < n; i++) if (a[at + i * n + i] == 0) return false;
        blas.solveTriangular(lower, transposed, n, columns, a, at, b, from, x, from);
        return true;
    }

    @Override public NDArray value(List<NDArray> in) {
        var out = NDArray.zeros(in.get(1).dtype(), in.get(1).shape());
        for (int k = 0; k < Matrices.count(out); k++) {
            double[][] t = Matrices.elements(in.get(0), k), x = Matrices.elements(in.get(1), k);
            for (int i = 0; i < t.length; i++) if (t[i][i] == 0) throw Matrices.singular(name(), in.get(0), k);
            Elimination.substitute(t, lower, transposed, x);
            Matrices.write(x, out, k);
        }
        return out;
    }
}

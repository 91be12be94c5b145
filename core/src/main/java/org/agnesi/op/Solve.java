package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The `X` with `A X = B`, or `Aᵀ X = B`: matrices in the last two axes, those before them a batch.
///
/// @param transposed whether it is `Aᵀ` that counts
public record Solve(boolean transposed) implements Equations {

    /// As NumPy's: `b` is a vector if it has one axis, else matrices.
    public static Expr solve(Expr a, Expr b) {
        return Equations.asked("solve", a, b, (matrix, right) -> new Solve(false).of(matrix, right));
    }

    @Override public Expr of(Expr a, Expr b) { return Expr.of(this, List.of(a, b)); }
    @Override public Solve other() { return new Solve(!transposed); }
    @Override public Expr used(Expr a) { return a; }

    /// Factors `A`, then two triangles per column.
    @Override public Scalar flops(Operand a, Operand b) {
        return Scalar.add(Matrices.cubes(a, 2, 3), Scalar.mul(Scalar.constant(2L), Matrices.substitution(b)));
    }

    @Override public boolean value(Blas blas, int n, int columns, double[] a, int at, double[] b, int from, double[] x) {
        return blas.solve(transposed, n, columns, a, at, b, from, x, from);
    }

    @Override public NDArray value(List<NDArray> in) {
        var out = NDArray.zeros(in.get(1).dtype(), in.get(1).shape());
        for (int k = 0; k < Matrices.count(out); k++)
            Matrices.write(
                Matrices.factors(name(), in.get(0), k, transposed).getSolver().solve(Matrices.read(in.get(1), k)).getData(), out, k);
        return out;
    }
}

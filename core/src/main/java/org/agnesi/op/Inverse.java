package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The inverse `A⁻¹` of square matrices in the last two axes; `solve` is quicker and more accurate where `A⁻¹ B` is meant.
public record Inverse() implements MatrixFunction {
    public static Expr inverse(Expr a) { return Expr.of(new Inverse(), List.of(Matrices.square("inverse", a))); }

    @Override public double[][] value(NDArray a, int k) { return Matrices.factors(name(), a, k, false).getSolver().getInverse().getData(); }

    @Override public boolean value(Blas blas, int n, double[] a, int at, double[] out, int to) { return blas.inverse(n, a, at, out, to); }

    @Override public Scalar flops(Operand a) { return Matrices.cubes(a, 2, 1); }

    /// `dY = −Y dA Y`, back `−Yᵀ g Yᵀ`.
    @Override public Partial partial(Expr a, Expr y) {
        return Partial.linear(da -> Neg.neg(Matrices.product(Matrices.product(y, da), y)),
            g -> Neg.neg(Matrices.product(Matrices.product(Matrices.transposed(y), g), Matrices.transposed(y))));
    }
}

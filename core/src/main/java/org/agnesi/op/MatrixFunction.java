package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A function from square matrices to square matrices of the same size, each of a batch by itself.
interface MatrixFunction extends Op1 {
    /// The result for matrix `k` of `a`, row by row.
    double[][] value(NDArray a, int k);

    /// The same for the matrix of n rows in one piece of `a`, from `at`, by a library; false where it cannot.
    boolean value(Blas blas, int n, double[] a, int at, double[] out, int to);

    /// The operations it takes, by the textbook.
    Scalar flops(Operand a);

    @Override default NDArray eval(NDArray a) {
        var out = NDArray.zeros(a.dtype(), a.shape());
        for (int k = 0; k < Matrices.count(a); k++) Matrices.write(value(a, k), out, k);
        return out;
    }

    private @Nullable List<NDArray> results(Blas blas, List<NDArray> in) {
        var a = in.getFirst();
        int n = a.shape().dim(-1);
        var elements = Matrices.doubles(a);
        var out = new double[elements.length];
        for (int at = 0; at < out.length; at += n * n) if (!value(blas, n, elements, at, out, at)) return null;
        return List.of(Matrices.array(a.dtype(), a.shape(), out));
    }

    @Override default TensorType infer(Expr a) { return a.type(); }
    @Override default List<@Nullable Expr> outputShape(Expr a) { return List.copyOf(a.lengths()); }
    @Override default List<Fact> facts(List<Expr> in) { return Matrices.isSquare(in.getFirst()); }
    @Override default Optional<Expr> batch(Expr a) { return Optional.of(Expr.of(this, List.of(a))); }
    @Override default Lowering lower(Operand a, Operand y) { return new Lowering.Library(name(), flops(a), this::results); }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The sign of a determinant and the logarithm of its magnitude: two results; 0 and −∞ for a singular matrix.
///
/// `d log|det A| = tr(A⁻¹ dA)`, back `Ā = g A⁻ᵀ`: there a singular matrix is an error.
public record Slogdet() implements Op {
    public static List<Expr> slogdet(Expr a) { return Expr.all(new Slogdet(), List.of(Matrices.square("slogdet", a))); }

    /// The determinant `sign · exp(log)`.
    public static Expr det(Expr a) {
        var both = slogdet(Required.argument("det", a));
        return Mul.mul(both.get(0), Exp.exp(both.get(1)));
    }

    @Override public List<TensorType> infer(List<Expr> in) {
        var type = in.getFirst().type();
        var batch = type.withDims(type.dims().subList(0, type.rank() - 2));
        return List.of(batch, batch);
    }

    @Override public List<NDArray> eval(List<NDArray> in) { return each(in.getFirst(), k -> pivots(in.getFirst(), k)); }

    private static List<NDArray> by(Blas blas, List<NDArray> in) {
        int n = in.getFirst().shape().dim(-1);
        var elements = Matrices.doubles(in.getFirst());
        return each(in.getFirst(), k -> {
            var pivots = new double[n];
            blas.pivots(n, elements, k * n * n, pivots);
            return pivots;
        });
    }

    /// @param pivots of matrix k: numbers whose product is its determinant
    private static List<NDArray> each(NDArray a, IntFunction<double[]> pivots) {
        int[] dims = a.shape().dims();
        var shape = Shape.of(Arrays.copyOf(dims, dims.length - 2));
        var signs = NDArray.full(a.dtype(), shape, 1);
        var logs = NDArray.zeros(a.dtype(), shape);
        for (int k = 0; k < Matrices.count(a); k++) {
            double sign = 1, log = 0;
            for (double pivot : pivots.apply(k)) {
                sign *= Math.signum(pivot);
                log += StrictMath.log(Math.abs(pivot));
            }
            signs.setDoubleAt(k, sign == 0 ? 0 : sign);
            logs.setDoubleAt(k, sign == 0 ? Double.NEGATIVE_INFINITY : log);
        }
        return List.of(signs, logs);
    }

    private static double[] pivots(NDArray a, int k) {
        var lu = Matrices.factors(a, k);
        var pivots = new double[a.shape().dim(-1)];
        if (!lu.getSolver().isNonSingular()) return pivots;
        for (int i = 0; i < pivots.length; i++) pivots[i] = lu.getU().getEntry(i, i);
        pivots[0] *= parity(lu.getPivot());
        return pivots;
    }

    /// 1 for an even number of exchanges, −1 for an odd one.
    private static int parity(int[] permutation) {
        int sign = 1;
        for (int i = 0; i < permutation.length; i++) for (int j = 0; j < i; j++) if (permutation[j] > permutation[i]) sign = -sign;
        return sign;
    }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var da = dx.getFirst();
        if (da == null) return Arrays.asList(null, null);
        return Arrays.asList(null, Sum.sum(Mul.mul(Matrices.transposed(Inverse.inverse(in.getFirst())), da), Axes.over(-2, -1)));
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var cotangent = g.get(1);
        if (cotangent == null) return Collections.singletonList(null);
        var a = in.getFirst();
        int rank = a.type().rank();
        int[] pattern = new int[rank];
        for (int i = 0; i < rank; i++) pattern[i] = i < rank - 2 ? i : DimShuffle.NEW;
        var spread = BroadcastTo.broadcastTo(DimShuffle.dimshuffle(cotangent, pattern), a.lengths());
        return List.of(Mul.mul(spread, Matrices.transposed(Inverse.inverse(a))));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("the derivatives of slogdet are joint: pushAll and pullAll");
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        List<@Nullable Expr> batch = new ArrayList<>(in.getFirst().lengths().subList(0, in.getFirst().type().rank() - 2));
        return List.of(batch, batch);
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) { return true; }
    @Override public List<Fact> facts(List<Expr> in) { return Matrices.isSquare(in.getFirst()); }
    @Override public Optional<List<Expr>> batch(Batch b) { return Optional.of(slogdet(b.in(0))); }
    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Library(name(), Matrices.cubes(in.getFirst(), 2, 3), Slogdet::by);
    }
    @Override public String name() { return "slogdet"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// `ln Σ eˣ` over some axes, which never overflows: −∞ where all elements are, +∞ where one is.
public record Logsumexp(List<Integer> axes) implements Reduction {
    public static Expr logsumexp(Expr x) { return logsumexp(x, Axes.ALL); }
    public static Expr logsumexp(Expr x, Axes axes) { return Reduction.reduce(new Logsumexp(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Logsumexp(List.copyOf(axes)), x); }
    @Override public DType result(DType x) { return x.floating(); }

    @Override public NDArray eval(NDArray x) {
        return doubles(x, result(x.dtype()), row -> {
            double largest = DoubleStream.of(row).reduce(Double.NEGATIVE_INFINITY, Math::max);
            double shift = Double.isFinite(largest) ? largest : 0;
            return shift + StrictMath.log(DoubleStream.of(row).map(e -> StrictMath.exp(e - shift)).sum());
        });
    }

    /// The elements count with their weights `eˣ⁻ʸ`, which sum to 1; all are 0 where y is −∞.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new Sum(axes).over(Mul.mul(weights(x, y), dx), axes),
            g -> Mul.mul(weights(x, y), spread(g, x)));
    }

    private Expr weights(Expr x, Expr y) {
        var finite = Where.where(Compare.eq(y, constant(Double.NEGATIVE_INFINITY)), constant(0), y);
        return Exp.exp(Sub.sub(x, spread(finite, x)));
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        if (axes.stream().anyMatch(axis -> in.getFirst().type().dim(axis) == 0)) return Optional.empty(); // no largest element
        var x = Cast.cast(in.getFirst(), result(in.getFirst().type().dtype()));
        var largest = ZeroGrad.zeroGrad(new Max(axes).over(x, axes));
        var shift = Where.where(Compare.isfinite(largest), largest, constant(0));
        var sum = new Sum(axes).over(Exp.exp(Sub.sub(x, spread(shift, x))), axes);
        return Optional.of(List.of(Add.add(shift, Log.log(sum))));
    }
}

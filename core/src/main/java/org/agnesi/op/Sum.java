package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The sum over some axes; integers and booleans add up in int64.
public record Sum(List<Integer> axes) implements Fold {
    public static Expr sum(Expr x) { return sum(x, Axes.ALL); }
    public static Expr sum(Expr x, Axes axes) { return Reduction.reduce(new Sum(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Sum(List.copyOf(axes)), x); }
    @Override public Combine combine() { return Combine.ADD; }
    @Override public DType result(DType x) { return x.isFloating() ? x : DType.INT64; }
    @Override public boolean isStructural() { return true; }

    @Override public NDArray eval(NDArray x) {
        var out = reduced(x.shape());
        return x.dtype().isFloating()
            ? Positions.doubles(x.dtype(), out, at -> IntStream.of(sources(x.shape(), at)).mapToDouble(x::doubleAt).reduce(0, Double::sum))
            : Positions.longs(DType.INT64, out, at -> IntStream.of(sources(x.shape(), at)).mapToLong(x::longAt).sum());
    }

    /// Summing is linear; its transpose repeats.
    @Override public Partial partial(Expr x, Expr y) { return Partial.linear(dx -> over(dx, axes), g -> spread(g, x)); }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) {
        return y.type().dtype().isFloating() && of.test(in.getFirst());
    }
}

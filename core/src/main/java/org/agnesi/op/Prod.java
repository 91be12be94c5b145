package org.agnesi.op;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The product over some axes; integers and booleans multiply up in int64. Its derivatives are right where factors are 0 too.
public record Prod(List<Integer> axes) implements Fold {
    public static Expr prod(Expr x) { return prod(x, Axes.ALL); }
    public static Expr prod(Expr x, Axes axes) { return Reduction.reduce(new Prod(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Prod(List.copyOf(axes)), List.of(x)); }
    @Override public Combine combine() { return Combine.MUL; }
    @Override public DType result(DType x) { return x.isFloating() ? x : DType.INT64; }

    @Override public NDArray eval(NDArray x) {
        return x.dtype().isFloating()
            ? doubles(x, x.dtype(), row -> DoubleStream.of(row).reduce(1, (a, b) -> a * b))
            : longs(x, DType.INT64, row -> LongStream.of(row).reduce(1, (a, b) -> a * b));
    }

    /// Not `y / x`, which is NaN where x is 0: the product of the others.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new ProdPush(axes).apply(List.of(x, dx)),
            g -> Mul.mul(spread(g, x), new ProdPull(axes).apply(List.of(x))));
    }
}

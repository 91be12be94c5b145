package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Partial;
import org.jspecify.annotations.Nullable;

/// The product over some axes; integers and booleans multiply up in int64. Its derivatives are right where factors are 0 too.
public record Prod(List<Integer> axes) implements Fold {
    public static Expr prod(Expr x) { return prod(x, Axes.ALL); }
    public static Expr prod(Expr x, Axes axes) { return Reduction.reduce(new Prod(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Prod(List.copyOf(axes)), x); }
    @Override public Combine combine() { return Combine.MUL; }
    @Override public DType result(DType x) { return x.isFloating() ? x : DType.INT64; }

    @Override public NDArray eval(NDArray x) {
        return x.dtype().isFloating()
            ? doubles(x, x.dtype(), row -> DoubleStream.of(row).reduce(1, (a, b) -> a * b))
            : longs(x, DType.INT64, row -> LongStream.of(row).reduce(1, (a, b) -> a * b));
    }

    /// One factor after the other: its own derivatives name every way to share an order among factors.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 ? jets.pushed(node, k) : jets.through(node, k, () -> List.of(stepped(node.arg(0)))));
    }

    private Expr stepped(Expr x) {
        var order = new ArrayList<>(axes);
        for (int axis = 0; axis < x.type().rank(); axis++) if (!axes.contains(axis)) order.add(axis);
        var sizes = new ArrayList<>(List.of(Sizes.product(axes.stream().map(x::length).toList())));
        for (int axis : order.subList(axes.size(), order.size())) sizes.add(x.length(axis));
        var rows = Reshape.reshape(DimShuffle.dimshuffle(x, order.stream().mapToInt(axis -> axis).toArray()), sizes);
        return Rows.last(Cumprod.stepped(rows), Cumprod.ones(rows), false);
    }

    /// Not `y / x`, which is NaN where x is 0: the product of the others.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new ProdPush(axes).apply(x, dx),
            g -> Mul.mul(spread(g, x), new ProdPull(axes).apply(x)));
    }
}

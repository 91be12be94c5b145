package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The mean over some axes; integers average as float64, nothing averages to NaN.
public record Mean(List<Integer> axes) implements Reduction {
    public static Expr mean(Expr x) { return mean(x, Axes.ALL); }
    public static Expr mean(Expr x, Axes axes) { return Reduction.reduce(new Mean(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Mean(List.copyOf(axes)), x); }
    @Override public DType result(DType x) { return x.floating(); }
    @Override public NDArray eval(NDArray x) { return doubles(x, result(x.dtype()), row -> DoubleStream.of(row).sum() / row.length); }

    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(dx -> over(dx, axes), g -> spread(Div.div(g, count(x, g.type().dtype())), x));
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        var x = Cast.cast(in.getFirst(), result(in.getFirst().type().dtype()));
        return Optional.of(List.of(Div.div(new Sum(axes).over(x, axes), count(x, x.type().dtype()))));
    }
}

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

/// The Euclidean length along some axes, `√Σ x²`; its derivative at 0 is 0.
public record Norm(List<Integer> axes) implements Reduction {
    public static Expr norm(Expr x) { return norm(x, Axes.ALL); }
    public static Expr norm(Expr x, Axes axes) { return Reduction.reduce(new Norm(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Norm(List.copyOf(axes)), x); }
    @Override public DType result(DType x) { return x.floating(); }
    @Override public NDArray eval(NDArray x) {
        return doubles(x, result(x.dtype()), row -> Math.sqrt(DoubleStream.of(row).map(e -> e * e).sum()));
    }

    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new Sum(axes).over(Mul.mul(direction(x, y), dx), axes),
            g -> Mul.mul(direction(x, y), spread(g, x)));
    }

    /// `x / y`, 0 at the origin.
    private Expr direction(Expr x, Expr y) {
        var nowhere = Compare.eq(spread(y, x), constant(0));
        return Where.where(nowhere, constant(0), Div.div(x, Where.where(nowhere, constant(1), spread(y, x))));
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        var x = Cast.cast(in.getFirst(), result(in.getFirst().type().dtype()));
        return Optional.of(List.of(Sqrt.sqrt(new Sum(axes).over(Sqr.sqr(x), axes))));
    }
}

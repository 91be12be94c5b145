package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// `ln softmax(x) = x − ln Σ eˣ` along some axes, the last one unless told; accurate where softmax is near 0.
public record LogSoftmax(List<Integer> axes) implements Normalization {
    public static Expr logSoftmax(Expr x) { return logSoftmax(x, Axes.ALL); }
    public static Expr logSoftmax(Expr x, Axes axes) { return Normalization.apply(new LogSoftmax(List.of()), x, axes); }

    @Override public Expr along(Expr x, List<Integer> axes) { return Expr.of(new LogSoftmax(List.copyOf(axes)), x); }

    @Override public double[] normalize(double[] x) {
        double largest = DoubleStream.of(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
        double logSum = StrictMath.log(DoubleStream.of(x).map(e -> StrictMath.exp(e - largest)).sum());
        return DoubleStream.of(x).map(e -> e - largest - logSum).toArray();
    }

    /// `dx − Σ eʸ·dx`, with `eʸ` the softmax.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> Sub.sub(dx, total(Mul.mul(Exp.exp(y), dx))),
            g -> Sub.sub(g, Mul.mul(Exp.exp(y), total(g))));
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        if (axes.stream().anyMatch(axis -> in.getFirst().type().dim(axis) == 0)) return Optional.empty(); // no largest element
        var z = shifted(in.getFirst());
        return Optional.of(List.of(Sub.sub(z, Log.log(total(Exp.exp(z))))));
    }
}

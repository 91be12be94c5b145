package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// `eˣ / Σ eˣ` along some axes, the last one unless told: numbers between 0 and 1 that sum to 1.
public record Softmax(List<Integer> axes) implements Normalization {
    public static Expr softmax(Expr x) { return softmax(x, Axes.ALL); }
    public static Expr softmax(Expr x, Axes axes) { return Normalization.apply(new Softmax(List.of()), x, axes); }

    @Override public Expr along(Expr x, List<Integer> axes) { return Expr.of(new Softmax(List.copyOf(axes)), x); }

    @Override public double[] normalize(double[] x) {
        double largest = DoubleStream.of(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
        double sum = DoubleStream.of(x).map(e -> StrictMath.exp(e - largest)).sum();
        return DoubleStream.of(x).map(e -> StrictMath.exp(e - largest) / sum).toArray();
    }

    /// `y·(dx − Σ y·dx)`: the matrix `diag(y) − y yᵀ` is its own transpose.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.symmetric(g -> Mul.mul(y, Sub.sub(g, total(Mul.mul(y, g)))));
    }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        if (axes.stream().anyMatch(axis -> in.getFirst().type().dim(axis) == 0)) return Optional.empty(); // no largest element
        var e = Exp.exp(shifted(in.getFirst()));
        return Optional.of(List.of(Div.div(e, total(e))));
    }
}

package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The variance over some axes, `Σ (x − mean)² / (n − ddof)`; integers count as float64.
///
/// @param ddof what is taken off the number of elements: 0 for a population, 1 for a sample
public record Var(List<Integer> axes, int ddof) implements Reduction {
    public static Expr var(Expr x, Axes axes, int ddof) { return Reduction.reduce(new Var(List.of(), ddof), x, axes); }

    /// The standard deviation, `√var`.
    public static Expr std(Expr x, Axes axes, int ddof) { return Sqrt.sqrt(var(Required.argument("std", x), axes, ddof)); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Var(List.copyOf(axes), ddof), x); }
    @Override public DType result(DType x) { return x.floating(); }

    @Override public NDArray eval(NDArray x) {
        return doubles(x, result(x.dtype()), row -> {
            double mean = DoubleStream.of(row).sum() / row.length;
            return DoubleStream.of(row).map(e -> (e - mean) * (e - mean)).sum() / (row.length - ddof);
        });
    }

    /// `2/(n − ddof) · (x − mean)` weighs each element: the mean's own change cancels, since `Σ (x − mean) = 0`.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new Sum(axes).over(Mul.mul(weights(x), dx), axes),
            g -> Mul.mul(weights(x), spread(g, x)));
    }

    private Expr weights(Expr x) { return Mul.mul(centred(x), Div.div(constant(2), degrees(centred(x)))); }

    private Expr centred(Expr x) { return Sub.sub(x, spread(new Mean(axes).over(x, axes), x)); }

    private Expr degrees(Expr x) { return Sub.sub(count(x, x.type().dtype()), constant(ddof)); }

    @Override public Optional<List<Expr>> expand(List<Expr> in) {
        var centred = centred(in.getFirst());
        return Optional.of(List.of(Div.div(new Sum(axes).over(Sqr.sqr(centred), axes), degrees(centred))));
    }

    @Override public Symbol symbol(List<Expr> in) {
        var plain = Reduction.super.symbol(in);
        if (ddof == 0 || !(plain instanceof Symbol.Call(var name, var parameters))) return plain;
        var all = new ArrayList<>(parameters);
        all.add("ddof=" + ddof);
        return new Symbol.Call(name, all);
    }
}

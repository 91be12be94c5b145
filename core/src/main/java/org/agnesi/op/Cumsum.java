package org.agnesi.op;

import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The running sum along an axis, `yₖ = x₀ + … + xₖ`.
public record Cumsum(int axis) implements Running {
    public static Expr cumsum(Expr x) { return Running.apply(new Cumsum(0), x); }
    public static Expr cumsum(Expr x, int axis) { return new Cumsum(0).along(x, Axes.normalize("cumsum", x, axis)); }

    @Override public Expr along(Expr x, int axis) { return Expr.of(new Cumsum(axis), x); }
    @Override public Combine combine() { return Combine.ADD; }

    /// The transpose sums from each place to the end.
    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(dx -> along(dx, axis), g -> flip(along(flip(g), axis)));
    }

    private Expr flip(Expr x) { return AlongAxis.flip(x, axis); }
}

package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The running product along an axis, `yₖ = x₀ · … · xₖ`; its derivatives are right where factors are 0 too.
public record Cumprod(int axis) implements Running {
    public static Expr cumprod(Expr x) { return Running.apply(new Cumprod(0), x); }
    public static Expr cumprod(Expr x, int axis) { return new Cumprod(0).along(x, Axes.normalize("cumprod", x, axis)); }

    @Override public Expr along(Expr x, int axis) { return Expr.of(new Cumprod(axis), List.of(x)); }
    @Override public Combine combine() { return Combine.MUL; }

    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new CumprodPush(axis).apply(List.of(x, dx)),
            g -> new CumprodPull(axis).apply(List.of(g, x)));
    }
}

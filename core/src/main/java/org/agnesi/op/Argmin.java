package org.agnesi.op;

import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// The position of the first smallest element along an axis, or of the first NaN; int64.
public record Argmin(int axis) implements Argument {
    public static Expr argmin(Expr x) { return argmin(x, Axes.ALL); }
    public static Expr argmin(Expr x, Axes axes) { return Argument.apply(new Argmin(0), x, axes); }

    @Override public Expr along(Expr x, int axis) { return Expr.of(new Argmin(axis), x); }
    @Override public Combine combine() { return Combine.MIN; }
}

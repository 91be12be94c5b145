package org.agnesi.op;

import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// The position of the first largest element along an axis, or of the first NaN; int64.
public record Argmax(int axis) implements Argument {
    public static Expr argmax(Expr x) { return argmax(x, Axes.ALL); }
    public static Expr argmax(Expr x, Axes axes) { return Argument.apply(new Argmax(0), x, axes); }

    @Override public Expr along(Expr x, int axis) { return Expr.of(new Argmax(axis), x); }
    @Override public Combine combine() { return Combine.MAX; }
}

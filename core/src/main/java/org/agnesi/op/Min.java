package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// The smallest element along some axes, NaN where there is one; ties share the derivative evenly.
public record Min(List<Integer> axes) implements Extremum {
    public static Expr min(Expr x) { return min(x, Axes.ALL); }
    public static Expr min(Expr x, Axes axes) { return Reduction.reduce(new Min(List.of()), x, Extremum.checked("min", x, axes)); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Min(List.copyOf(axes)), x); }
    @Override public Combine combine() { return Combine.MIN; }
}

package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// The largest element along some axes, NaN where there is one; ties share the derivative evenly.
public record Max(List<Integer> axes) implements Extremum {
    public static Expr max(Expr x) { return max(x, Axes.ALL); }
    public static Expr max(Expr x, Axes axes) { return Reduction.reduce(new Max(List.of()), x, Extremum.checked("max", x, axes)); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Max(List.copyOf(axes)), x); }
    @Override public Combine combine() { return Combine.MAX; }
}

package org.agnesi.symbolic;

import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Sub;
import org.agnesi.op.Variable;
import org.jspecify.annotations.Nullable;

/// Tangents and cotangents that may be absent, and their sums: what both sweeps accumulate with.
public final class Tangents {
    private Tangents() {}

    public static @Nullable Expr add(@Nullable Expr a, @Nullable Expr b) { return a == null ? b : b == null ? a : Add.add(a, b); }

    public static @Nullable Expr sub(@Nullable Expr a, @Nullable Expr b) { return b == null ? a : a == null ? Neg.neg(b) : Sub.sub(a, b); }

    static Expr times(double ways, Expr term) { return ways == 1 ? term : Mul.mul(term, Constant.constant(ways)); }

    /// A variable for a derivative of `e`.
    static Expr variable(String name, Expr e) { return Variable.variable(name, e.type().with(e.type().dtype().floating())); }

    /// `g` in the dtype of a derivative with respect to `x`: x's own where that is floating, float64 for integers.
    static Expr fit(Expr g, Expr x) {
        var dtype = x.type().dtype().floating();
        return sized(g.type().dtype() == dtype ? g : Cast.cast(g, dtype), x);
    }

    /// `g` with every size that `x` declares: a slice of unknown length comes back to a row that has one.
    private static Expr sized(Expr g, Expr x) {
        if (g.type().rank() != x.type().rank()) return g;
        for (int axis = 0; axis < x.type().rank(); axis++)
            if (x.type().isKnown(axis) && !g.type().isKnown(axis)) return BroadcastTo.broadcastTo(g, x.lengths());
        return g;
    }
}

package org.agnesi.symbolic;

import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.jspecify.annotations.Nullable;

/// Tangents and cotangents that may be absent, and their sums: what both sweeps accumulate with.
final class Tangents {
    private Tangents() {}

    static @Nullable Expr add(@Nullable Expr a, @Nullable Expr b) { return a == null ? b : b == null ? a : Add.add(a, b); }

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

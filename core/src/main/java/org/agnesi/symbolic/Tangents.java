package org.agnesi.symbolic;

import org.agnesi.op.Add;
import org.agnesi.op.Cast;
import org.jspecify.annotations.Nullable;

/// Tangents and cotangents that may be absent, and their sums: what both sweeps accumulate with.
final class Tangents {
    private Tangents() {}

    static @Nullable Expr add(@Nullable Expr a, @Nullable Expr b) { return a == null ? b : b == null ? a : Add.add(a, b); }

    /// `g` in the dtype of a derivative with respect to `x`: x's own where that is floating, float64 for integers.
    static Expr fit(Expr g, Expr x) {
        var dtype = x.type().dtype().floating();
        return g.type().dtype() == dtype ? g : Cast.cast(g, dtype);
    }
}

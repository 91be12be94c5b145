package org.agnesi.rewrite;

import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;

/// Whether two sizes are one, as far as the graph shows it.
final class Lengths {
    private static final int DEEPEST = 64;

    private Lengths() {}

    /// Whether `dim` is surely the size of dimension `axis` of `x`.
    static boolean isLength(Expr dim, Expr x, int axis) {
        var constant = dim.constantLong();
        if (x.type().isKnown(axis)) return constant.isPresent() && constant.getAsLong() == x.type().dim(axis);
        var e = x;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (dim.node().op() instanceof Length(var along) && dim.node().arg(0) == e && along == axis) return true;
            var shape = e.node().op().outputShapes(e.node().args()).get(e.index());
            var size = shape.size() <= axis ? null : shape.get(axis);
            if (size == null) return false;
            if (size == dim) return true;
            if (!(size.node().op() instanceof Length(var next)) || size.node().arg(0) == e) return false;
            e = size.node().arg(0);
            axis = next;
        }
        return false;
    }
}

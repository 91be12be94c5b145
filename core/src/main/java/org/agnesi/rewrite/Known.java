package org.agnesi.rewrite;

import java.util.function.Predicate;
import org.agnesi.array.NDArray;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;

/// What a graph tells about the values it computes, a few ops deep. "No" means: not known.
final class Known {
    private static final int DEEPEST = 6;

    private Known() {}

    /// Whether every element is ≥ 0, or NaN.
    static boolean nonNegative(Expr e) { return nonNegative(e, DEEPEST); }

    private static boolean nonNegative(Expr e, int depth) {
        if (e.type().dtype().isBool()) return true;
        if (depth == 0) return false;
        return e.node().op() instanceof Constant(var value, var _) ? all(value, v -> !(v < 0) && Double.compare(v, -0.0) != 0)
            : e.node().op().isNonNegative(e.node().args(), e, arg -> nonNegative(arg, depth - 1));
    }

    /// Whether no element is infinite or NaN.
    static boolean finite(Expr e) { return finite(e, DEEPEST); }

    private static boolean finite(Expr e, int depth) {
        if (!e.type().dtype().isFloating()) return true;
        if (depth == 0) return false;
        return e.node().op() instanceof Constant(var value, var _) ? all(value, Double::isFinite)
            : e.node().op().isFinite(e.node().args(), e, arg -> finite(arg, depth - 1));
    }

    private static boolean all(NDArray value, Predicate<Double> holds) {
        if (value.size() > 1024) return false;
        for (int i = 0; i < value.size(); i++) if (!holds.test(value.doubleAt(i))) return false;
        return true;
    }
}

package org.agnesi.rewrite;

import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;

/// Whether two expressions are written alike.
final class Same {
    private Same() {}

    /// Whether `a` and `b` are the same ops on the same expressions, down to a small depth.
    static boolean structure(Expr a, Expr b, int depth) {
        if (a == b) return true;
        if (a.node().op() instanceof BroadcastTo && b.node().op() instanceof BroadcastTo)
            return a.type().equals(b.type()) && structure(a.node().arg(0), b.node().arg(0), depth);   // operands of one op have one shape
        if (depth == 0 || !alike(a, b) || a.node().args().size() != b.node().args().size()) return false;
        for (int i = 0; i < a.node().args().size(); i++)
            if (!structure(a.node().arg(i), b.node().arg(i), depth - 1)) return false;
        return true;
    }

    private static boolean alike(Expr a, Expr b) {
        if (a.node().op() instanceof Constant(var v, var _) && b.node().op() instanceof Constant(var w, var _)) return v.equals(w);
        return a.node().op().isMergeable() && a.node().op().equals(b.node().op());
    }
}

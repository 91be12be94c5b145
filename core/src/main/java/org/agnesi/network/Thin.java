package org.agnesi.network;

import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Neg;
import org.agnesi.op.Reshape;
import org.agnesi.symbolic.Expr;

/// Tensors of fewer numbers than elements: products with them are taken apart, whoever else reads them.
final class Thin {
    private Thin() {}

    /// Whether it has fewer numbers than elements: an outer product, what is multiplied by one, or what has an axis
    /// only to be repeated.
    static boolean isThin(Expr e, int depth) {
        return depth > 0 && switch (e.node().op()) {
            case Eye _, FromDiagonal _, BroadcastTo _ -> true;
            case Contract op -> op.out().size() > Math.max(op.left().size(), op.right().size())
                || e.node().args().stream().anyMatch(arg -> isThin(arg, depth - 1));
            case DimShuffle(var pattern) -> pattern.contains(DimShuffle.NEW) || isThin(e.node().arg(0), depth - 1);
            case Reshape _, Neg _ -> isThin(e.node().arg(0), depth - 1);
            default -> false;
        };
    }
}

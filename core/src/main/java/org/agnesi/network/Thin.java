package org.agnesi.network;

import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Reshape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Tensors of fewer numbers than elements: products with them are taken apart, whoever else reads them.
final class Thin {
    private Thin() {}

    /// Whether it has fewer numbers than elements: an outer product, what is multiplied by one, what has an axis only to be
    /// repeated, or a sum of one tensor's multiples, as `W - W` is: of both products with it only one is made.
    static boolean isThin(Expr e, int depth) {
        var node = e.node();
        if (depth > 0 && !node.signs().isEmpty())
            return node.isSum() ? node.args().stream().map(Thin::multiplied).distinct().count() == 1 : isThin(node.arg(0), depth - 1);
        return depth > 0 && switch (node.op()) {
            case Eye _, FromDiagonal _, BroadcastTo _ -> true;
            case Contract _ -> isOuter(node) || node.args().stream().anyMatch(arg -> isThin(arg, depth - 1));
            case DimShuffle(var pattern) -> pattern.contains(DimShuffle.NEW) || isThin(node.arg(0), depth - 1);
            case Reshape _ -> isThin(node.arg(0), depth - 1);
            default -> false;
        };
    }

    /// Whether it is a product with more axes than either factor.
    static boolean isOuter(Node node) {
        return node.op() instanceof Contract op && op.out().size() > Math.max(op.left().size(), op.right().size());
    }

    /// `x` of `c·x`.
    static Expr multiplied(Expr e) {
        var node = e.node();
        return node.isNegation() ? multiplied(node.arg(0))
            : node.isProduct() && node.args().size() == 2 && !Double.isNaN(Together.number(node.arg(0))) ? node.arg(1) : e;
    }
}

package org.agnesi.network;

import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Eye;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Reshape;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Tensors of fewer numbers than elements: products with them are taken apart, whoever else reads them.
final class Thin {
    private Thin() {}

    /// Whether it has fewer numbers than elements: an outer product, what is multiplied by one, what has an axis only to be
    /// repeated, or a sum of one tensor's multiples, as `W - W` is: of both products with it only one is made.
    static boolean isThin(Expr e, int depth) {
        return depth > 0 && switch (e.node().op()) {
            case Eye _, FromDiagonal _, BroadcastTo _ -> true;
            case Contract _ -> isOuter(e.node()) || e.node().args().stream().anyMatch(arg -> isThin(arg, depth - 1));
            case DimShuffle(var pattern) -> pattern.contains(DimShuffle.NEW) || isThin(e.node().arg(0), depth - 1);
            case Add _, Sub _ -> e.node().args().stream().map(Thin::multiplied).distinct().count() == 1;
            case Reshape _, Neg _ -> isThin(e.node().arg(0), depth - 1);
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
        return node.op() instanceof Neg ? multiplied(node.arg(0))
            : node.op() instanceof Mul && node.args().size() == 2 && !Double.isNaN(Together.number(node.arg(0))) ? node.arg(1) : e;
    }
}

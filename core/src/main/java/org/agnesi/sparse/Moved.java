package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// The nodes of a graph through which values of a tangent go, inputs before users; what only its sizes reach is none of them.
record Moved(List<Node> order) {

    static Moved of(List<Expr> roots, Expr tangent) {
        var order = new ArrayList<Node>();
        Set<Expr> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        reached.add(tangent);
        for (var node : Graph.inOrder(roots)) {
            if (node.op() instanceof Length || node.args().stream().noneMatch(reached::contains)) continue;
            order.add(node);
            reached.addAll(node.results());
        }
        return new Moved(order);
    }

    /// How often each expression is read; the root once more, so that it is kept.
    Map<Expr, Integer> uses(Expr root) {
        var uses = new IdentityHashMap<Expr, Integer>();
        for (var node : order) for (var arg : node.args()) uses.merge(arg, 1, Integer::sum);
        uses.merge(root, 1, Integer::sum);
        return uses;
    }
}

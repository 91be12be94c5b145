package org.agnesi.op;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// The nodes of a graph that are computed whatever its choices choose: what is not on a side of one, or on both.
final class Unconditional {
    private final Map<Node, Set<Node>> both = new IdentityHashMap<>();   // of each choice

    private Unconditional(List<Node> order) {
        for (var node : order) {
            if (!(node.op() instanceof IfElse)) continue;
            var common = reached(List.of(node.arg(1)));
            common.retainAll(reached(List.of(node.arg(2))));
            both.put(node, common);
        }
    }

    /// @param order the nodes that `roots` depend on, inputs before users
    static Set<Node> of(List<Node> order, List<Expr> roots) { return new Unconditional(order).reached(roots); }

    private Set<Node> reached(Collection<Expr> roots) {
        Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayDeque<Node>();
        roots.forEach(root -> work.push(root.node()));
        while (!work.isEmpty()) {
            var node = work.pop();
            if (!found.add(node)) continue;
            if (node.op() instanceof IfElse) {
                found.addAll(both.getOrDefault(node, Set.of()));
                work.push(node.arg(0).node());
            } else node.args().forEach(arg -> work.push(arg.node()));
        }
        return found;
    }
}

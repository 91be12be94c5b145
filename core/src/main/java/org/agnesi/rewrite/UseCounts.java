package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.IfElse;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// How many need an expression: as many as read it, of those that only different sides of a choice need the most of a side.
final class UseCounts {
    private final Map<Expr, List<Node>> readers = new IdentityHashMap<>();
    private final Map<Expr, Integer> asked = new IdentityHashMap<>();
    private final Map<Node, Side> sides = new IdentityHashMap<>();

    /// A side of a choice, which alone needs what is on it.
    private record Side(Node choice, int arg, @Nullable Side outer) {
        /// The side of the same choice that is never taken with this one.
        boolean excludes(@Nullable Side other) {
            for (var mine = this; mine != null; mine = mine.outer)
                for (var its = other; its != null; its = its.outer)
                    if (its.choice == mine.choice) return its.arg != mine.arg;
            return false;
        }
    }

    /// @param nodes of a graph, inputs before users
    UseCounts(List<Node> nodes, List<Expr> roots) {
        for (var root : roots) asked.merge(root, 1, Integer::sum);
        for (var node : nodes) for (var arg : node.args()) readers.computeIfAbsent(arg, _ -> new ArrayList<>(1)).add(node);
        for (var node : nodes.reversed()) {
            var side = side(node);
            if (side != null) sides.put(node, side);
        }
    }

    /// That of what one node reads, of one result.
    private @Nullable Side side(Node node) {
        var all = readers.get(node.result(0));
        if (node.size() > 1 || all == null || all.size() > 1 || asked.containsKey(node.result(0))) return null;
        var reader = all.getFirst();
        int arg = reader.args().indexOf(node.result(0));
        return reader.op() instanceof IfElse && arg > 0 ? new Side(reader, arg, sides.get(reader)) : sides.get(reader);
    }

    int count(Expr e) {
        var all = readers.getOrDefault(e, List.of());
        int roots = asked.getOrDefault(e, 0);
        return roots > 0 || all.size() != 2 ? roots + all.size() : isExclusive(all.get(0), all.get(1)) ? 1 : 2;
    }

    private boolean isExclusive(Node a, Node b) {
        var side = sides.get(a);
        return side != null && side.excludes(sides.get(b));
    }
}

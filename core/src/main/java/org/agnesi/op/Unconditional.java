package org.agnesi.op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// The nodes of a graph that are computed whatever its choices choose: what is not on a side of one, or on both; or on one side of a
/// choice and on the other side of another by the same condition.
final class Unconditional {
    private final Map<Node, Set<Node>> both = new IdentityHashMap<>();   // of each choice, those from which the others are reached

    private Unconditional(List<Node> order) {
        for (var node : order) {
            if (!(node.op() instanceof IfElse)) continue;
            var common = reached(Set.of(node.arg(1).node()), node.arg(0), 1);
            common.retainAll(reached(Set.of(node.arg(2).node()), node.arg(0), 2));
            both.put(node, first(common));
        }
    }

    /// @param order the nodes that `roots` depend on, inputs before users
    static Set<Node> of(List<Node> order, List<Expr> roots) {
        var nodes = set();
        roots.forEach(root -> nodes.add(root.node()));
        var unconditional = new Unconditional(order);
        return unconditional.whateverIsChosen(unconditional.reached(nodes, null, 0));
    }

    /// All of them, given those that are so at first sight: each may let a choice be reached that brings others.
    private Set<Node> whateverIsChosen(Set<Node> found) {
        var choices = new LinkedHashMap<Expr, List<Node>>();   // by condition: Expr compares by identity
        for (Set<Node> fresh = found; !fresh.isEmpty();) {
            for (var node : fresh)
                if (node.op() instanceof IfElse) choices.computeIfAbsent(node.arg(0), _ -> new ArrayList<>()).add(node);
            fresh = set();
            for (var some : choices.values()) {
                var common = beyond(found, some, 1);
                common.retainAll(beyond(found, some, 2));
                found.addAll(common);
                fresh.addAll(common);
            }
        }
        return found;
    }

    /// What is reached with `found` and one side of these choices, but not without.
    private Set<Node> beyond(Set<Node> found, List<Node> choices, int side) {
        var from = set();
        choices.forEach(choice -> from.add(choice.arg(side).node()));
        return reached(from, found, choices.getFirst().arg(0), side);
    }

    /// Those of nodes that no other of them needs.
    private static Set<Node> first(Set<Node> nodes) {
        var first = set();
        first.addAll(nodes);
        for (var node : nodes)
            for (var arg : node.op() instanceof IfElse ? node.args().subList(0, 1) : node.args()) first.remove(arg.node());
        return first;
    }

    private static Set<Node> set() { return Collections.newSetFromMap(new IdentityHashMap<>()); }

    private Set<Node> reached(Set<Node> from, @Nullable Expr known, int side) { return reached(from, Set.of(), known, side); }

    /// @param without where not to look
    /// @param known   a condition that is known, if one is
    /// @param side    the arg that choices by it are, then
    private Set<Node> reached(Set<Node> from, Set<Node> without, @Nullable Expr known, int side) {
        var found = set();
        var work = new ArrayDeque<>(from);
        while (!work.isEmpty()) {
            var node = work.pop();
            if (without.contains(node) || !found.add(node)) continue;
            if (node.op() instanceof IfElse) {
                work.addAll(both.getOrDefault(node, Set.of()));
                work.push(node.arg(0).node());
                if (node.arg(0) == known) work.push(node.arg(side).node());
            } else node.args().forEach(arg -> work.push(arg.node()));
        }
        return found;
    }
}

package org.agnesi.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// What must be there before a node is computed although nothing of it is read: what a gradient computes again waits for the
/// cotangent that asks for it, or all would be there at a time.
///
/// The nodes that say so are left out of the graph; the others stay apart, since nothing is merged any more.
final class Waiting {
    private final Map<Node, List<Expr>> awaited = new IdentityHashMap<>();
    private final List<Expr> roots;

    Waiting(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        this.roots = nodes.stream().noneMatch(node -> node.op().waits()) ? List.copyOf(roots) : without(roots, nodes);
    }

    private List<Expr> without(List<Expr> roots, List<Node> nodes) {
        Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
        Map<Expr, List<Expr>> late = new IdentityHashMap<>();
        for (var node : nodes) {
            var moved = node.map(rebuilt::get);
            var all = new ArrayList<Expr>();
            for (var arg : node.args()) all.addAll(late.getOrDefault(arg, List.of()));
            if (node.op().waits()) {
                all.addAll(moved.args().subList(1, moved.args().size()));
                rebuilt.put(node.result(0), moved.arg(0));
                late.put(node.result(0), all);
            } else {
                for (int k = 0; k < node.size(); k++) rebuilt.put(node.result(k), moved.result(k));
                if (!all.isEmpty()) awaited.put(moved, all);
            }
        }
        return roots.stream().map(rebuilt::get).toList();
    }

    boolean isEmpty() { return awaited.isEmpty(); }

    /// What is to be computed.
    List<Expr> roots() { return roots; }

    /// Nodes in an order in which each comes after what it waits for, and what is computed again for one root is not kept for a later
    /// one: the least deep roots first.
    List<Node> ordered(List<Expr> roots, List<Node> order) {
        if (awaited.isEmpty()) return order;
        Map<Node, Integer> depths = new IdentityHashMap<>();
        for (var node : order) {
            int deepest = 0;
            for (var arg : node.args()) deepest = Math.max(deepest, depths.getOrDefault(arg.node(), 0));
            depths.put(node, deepest + 1);
        }
        var sorted = new Sorted(order);
        var leastDeep = Comparator.<Expr>comparingInt(root -> depths.getOrDefault(root.node(), 0));
        roots.stream().sorted(leastDeep).forEach(root -> sorted.add(root.node()));
        return sorted.nodes;
    }

    /// Some nodes, each after those that it reads and waits for.
    private final class Sorted {
        final List<Node> nodes = new ArrayList<>();
        private final Set<Node> left = Collections.newSetFromMap(new IdentityHashMap<>());
        private final ArrayDeque<Visit> path = new ArrayDeque<>();

        /// A node on the way, and what it needs that was not looked at.
        private record Visit(Node node, Iterator<Expr> needs) {}

        Sorted(List<Node> some) { left.addAll(some); }

        void add(Node root) {
            enter(root);
            while (!path.isEmpty()) {
                var visit = path.element();
                if (visit.needs.hasNext()) enter(visit.needs.next().node());
                else nodes.add(path.pop().node);
            }
        }

        private void enter(Node node) {
            if (!left.remove(node)) return;
            var needs = new ArrayList<>(awaited.getOrDefault(node, List.of()));
            needs.addAll(node.args());
            path.push(new Visit(node, needs.iterator()));
        }
    }

    /// Makes nodes wait that read one that waits where it is needed.
    void spread(List<Node> order, List<Node> anchors) {
        if (awaited.isEmpty()) return;
        Set<Node> once = Collections.newSetFromMap(new IdentityHashMap<>());
        once.addAll(anchors);
        for (var node : order) {
            Set<Expr> all = Collections.newSetFromMap(new IdentityHashMap<>());
            all.addAll(awaited.getOrDefault(node, List.of()));
            for (var arg : node.args()) if (!once.contains(arg.node())) all.addAll(awaited.getOrDefault(arg.node(), List.of()));
            if (!all.isEmpty()) awaited.put(node, List.copyOf(all));
        }
    }

    /// The slots that must be filled before a node: those that what it waits for is made from.
    List<Integer> before(Node node, Slots slots) {
        var found = new ArrayList<Integer>();
        for (var e : awaited.getOrDefault(node, List.of())) {
            if (slots.has(e)) found.add(slots.of(e));
            for (var inner : Graph.inOrder(List.of(e), n -> !slots.has(n.result(0))))
                for (var arg : inner.args()) if (slots.has(arg)) found.add(slots.of(arg));
        }
        return found;
    }
}

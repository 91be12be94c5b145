package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;

/// Moves into each side of an [IfElse] what only that side uses, so that only the chosen side is computed.
///
/// Several ifElse with one condition become one [Branch], so that what they share is computed once. It looks into loops
/// and into the branches it has made.
public final class SinkBranches {
    private SinkBranches() {}

    /// The same values, computed only where they are chosen.
    public static List<Expr> sink(List<Expr> roots) {
        var sunk = inside(roots);
        while (true) {
            var group = nextGroup(sunk);
            if (group.isEmpty()) return sunk;
            sunk = Graph.replace(sunk, branched(sunk, group));
        }
    }

    /// `roots` with the graphs inside their ops sunk.
    private static List<Expr> inside(List<Expr> roots) {
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (var node : Graph.inOrder(roots)) {
            var lambdas = node.op().lambdas();
            if (lambdas.isEmpty()) continue;
            var sunk = lambdas.stream().map(SinkBranches::inside).toList();
            if (same(sunk, lambdas)) continue;
            var args = Graph.replace(node.args(), replaced);
            var results = Expr.all(node.op().withLambdas(sunk), args);
            for (int i = 0; i < node.size(); i++) replaced.put(node.result(i), results.get(i));
        }
        return replaced.isEmpty() ? roots : Graph.replace(roots, replaced);
    }

    private static Lambda inside(Lambda graph) {
        var sunk = sink(graph.results());
        return same(sunk, graph.results()) ? graph : new Lambda(graph.params(), sunk);
    }

    private static boolean same(List<?> a, List<?> b) {
        for (int i = 0; i < a.size(); i++) if (a.get(i) != b.get(i)) return false;
        return true;
    }

    // which ifElse go together

    /// Those of one condition, none of which depends on another, with something to sink; the users' side first.
    private static List<Node> nextGroup(List<Expr> roots) {
        var order = Graph.inOrder(roots);
        Map<Expr, List<List<Node>>> groups = new LinkedHashMap<>();
        for (var node : order)
            if (node.op() instanceof IfElse) {
                var levels = groups.computeIfAbsent(node.arg(0), _ -> new ArrayList<>());
                int level = 0;
                while (level < levels.size() && dependsOnAny(node, levels.get(level))) level++;
                if (level == levels.size()) levels.add(new ArrayList<>());
                levels.get(level).add(node);
            }
        for (var levels : new ArrayList<>(groups.values()).reversed())
            for (var group : levels.reversed())
                if (!exclusive(order, roots, group, 1).isEmpty() || !exclusive(order, roots, group, 2).isEmpty()) return group;
        return List.of();
    }

    private static boolean dependsOnAny(Node node, Collection<Node> others) {
        return !Collections.disjoint(Graph.inOrder(node.args()), others);
    }

    /// The nodes that only this side of the group uses.
    private static Set<Node> exclusive(List<Node> order, List<Expr> roots, List<Node> group, int side) {
        Set<Node> shared = identitySet();
        Set<Node> used = identitySet();
        roots.forEach(root -> shared.add(root.node()));
        for (var node : order.reversed()) {
            boolean inside = used.contains(node) && !shared.contains(node) && !isLeaf(node);
            for (int i = 0; i < node.args().size(); i++)
                (inside || i == side && group.contains(node) ? used : shared).add(node.arg(i).node());
        }
        used.removeAll(shared);
        used.removeIf(SinkBranches::isLeaf);
        return used;
    }

    private static boolean isLeaf(Node node) { return node.args().isEmpty(); }

    // one group

    private static Map<Expr, Expr> branched(List<Expr> roots, List<Node> group) {
        var order = Graph.inOrder(roots);
        var captured = new ArrayList<Expr>();
        var inside = new IdentityHashMap<Expr, Expr>();
        capture(exclusive(order, roots, group, 1), group, 1, captured, inside);
        capture(exclusive(order, roots, group, 2), group, 2, captured, inside);
        var params = captured.stream().map(inside::get).toList();
        var args = new ArrayList<>(List.of(group.getFirst().arg(0)));
        args.addAll(captured);
        var results = Expr.all(new Branch(side(params, group, 1, inside), side(params, group, 2, inside)), args);
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < group.size(); i++) replaced.put(group.get(i).result(0), results.get(i));
        return replaced;
    }

    private static Lambda side(List<Expr> params, List<Node> group, int side, Map<Expr, Expr> inside) {
        return new Lambda(params, sink(Graph.replace(group.stream().map(n -> n.arg(side)).toList(), inside)));
    }

    /// What the sunk nodes use from outside becomes a param; constants are copied in.
    private static void capture(Set<Node> sunk, List<Node> group, int side, List<Expr> captured, Map<Expr, Expr> inside) {
        var used = new ArrayList<Expr>(group.stream().map(n -> n.arg(side)).toList());
        sunk.forEach(node -> used.addAll(node.args()));
        for (var e : used) {
            if (sunk.contains(e.node()) || e.node().op() instanceof Constant || inside.containsKey(e)) continue;
            inside.put(e, Variable.variable(e.name() == null ? "c" + captured.size() : e.name(), e.type()));
            captured.add(e);
        }
    }

    private static Set<Node> identitySet() { return Collections.newSetFromMap(new IdentityHashMap<>()); }
}

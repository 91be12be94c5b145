package org.agnesi.op;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Lowering;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.jspecify.annotations.Nullable;

/// Moves into each side of an [IfElse] what only that side uses, so that only the chosen side is computed.
///
/// Several ifElse with one condition become one [Branch], so that what they share is computed once. It looks into loops
/// and into the branches it has made.
public final class SinkBranches {
    private SinkBranches() {}

    /// The same values, computed only where they are chosen.
    public static List<Expr> sink(List<Expr> roots) { return sink(roots, false); }

    /// @param steps whether it is done at each step of a loop: see [Choice]
    static List<Expr> sink(List<Expr> roots, boolean steps) {
        var sunk = inside(roots, steps);
        Set<Expr> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        while (true) {
            var replaced = next(sunk, settled, steps);
            if (replaced == null) return sunk;
            sunk = Graph.replace(sunk, replaced);
        }
    }

    /// What stands for the choices of one condition, the users' side first; null where nothing is left to sink.
    private static @Nullable Map<Expr, Expr> next(List<Expr> roots, Set<Expr> settled, boolean steps) {
        var order = Graph.inOrder(roots);
        var conditions = new LinkedHashSet<Expr>();   // Expr compares by identity
        for (var node : order) if (node.op() instanceof IfElse) conditions.add(node.arg(0));
        if (settled.containsAll(conditions)) return null;
        var always = Unconditional.of(order, roots);
        for (var condition : conditions.reversed()) {
            if (settled.contains(condition)) continue;
            var replaced = new Choice(condition, order, roots, always, steps).branched();
            if (replaced != null) return replaced;
            settled.add(condition);
        }
        return null;
    }

    /// `roots` with the graphs inside their ops sunk.
    private static List<Expr> inside(List<Expr> roots, boolean steps) {
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (var node : Graph.inOrder(roots)) {
            var lambdas = node.op().lambdas();
            if (lambdas.isEmpty()) continue;
            boolean within = steps || node.lowering() instanceof Lowering.Loop;
            var sunk = lambdas.stream().map(lambda -> inside(lambda, within)).toList();
            if (same(sunk, lambdas)) continue;
            var args = Graph.replace(node.args(), replaced);
            var results = Expr.all(node.op().withLambdas(sunk), args);
            for (int i = 0; i < node.size(); i++) replaced.put(node.result(i), results.get(i));
        }
        return replaced.isEmpty() ? roots : Graph.replace(roots, replaced);
    }

    private static Lambda inside(Lambda graph, boolean steps) {
        var sunk = sink(graph.results(), steps);
        return same(sunk, graph.results()) ? graph : new Lambda(graph.params(), sunk);
    }

    private static boolean same(List<?> a, List<?> b) {
        for (int i = 0; i < a.size(); i++) if (a.get(i) != b.get(i)) return false;
        return true;
    }
}

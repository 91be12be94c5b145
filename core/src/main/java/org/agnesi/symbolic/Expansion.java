package org.agnesi.symbolic;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Lowering;

/// Replaces shorthands that have no loop of their own by the simpler ops that they stand for, in the bodies of loops too.
public final class Expansion {
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    private Expansion() {}

    public static List<Expr> of(List<Expr> roots) { return new Expansion().expand(roots); }

    private List<Expr> expand(List<Expr> roots) {
        for (var node : Graph.inOrder(roots, n -> !done.containsKey(n.result(0)))) {
            var results = Origin.inherit(node.origin(), () -> results(node.map(done::get)));
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), results.get(k));
        }
        return roots.stream().map(done::get).toList();
    }

    private List<Expr> results(Node node) {
        if (node.lowering() instanceof Lowering.Eval) {
            var simpler = node.op().expand(node.args());
            if (simpler.isPresent()) return expand(simpler.get());
        }
        var bodies = node.op().lambdas();
        var expanded = bodies.stream().map(Expansion::inside).toList();
        return expanded.equals(bodies) ? node.results() : Expr.all(node.op().withLambdas(expanded), node.args());
    }

    private static Lambda inside(Lambda body) {
        var results = of(body.results());
        return results.equals(body.results()) ? body : new Lambda(body.params(), results);
    }
}

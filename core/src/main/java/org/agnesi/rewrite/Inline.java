package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Origin;

/// Ops that stand for a graph which rules should see become that graph: Jacobians and calls.
///
/// It runs once the rules for products with them have had their turn, and before the last rounds of the others.
///
/// @param which of them
public record Inline(String name, Predicate<Op> which) implements Pass {
    public Inline() { this("inline", Op::isTransparent); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) { return inlined(roots, new IdentityHashMap<>(), trace); }

    private List<Expr> inlined(List<Expr> roots, Map<Expr, Expr> done, Trace trace) {
        for (var node : Graph.inOrder(roots, n -> !done.containsKey(n.result(0)))) {
            var mapped = node.map(done::get);
            var results = mapped.results();
            if (which.test(mapped.op())) {
                var graph = Origin.inherit(node.origin(), () -> mapped.op().expand(mapped.args()).orElseThrow());
                results = inlined(graph, done, trace);
                trace.fired(name(), node.result(0), results.getFirst());
            }
            for (int k = 0; k < node.size(); k++)
                done.put(node.result(k), results.get(k).type().refines(node.types().get(k)) ? results.get(k) : mapped.result(k));
        }
        return roots.stream().map(done::get).toList();
    }
}

package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Ops that are found by loops become these loops, which all passes see then: roots, minima, fixed points.
///
/// Their derivatives have been taken before, of what they hold and not of how it is found.
///
/// @param again what is done to a graph with new loops: all passes
public record Unfold(BiFunction<List<Expr>, Trace, List<Expr>> again) implements Pass {
    @Override public String name() { return "unfold what is found by loops"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        Map<Expr, Expr> done = new IdentityHashMap<>();
        boolean any = false;
        for (var node : Graph.inOrder(roots)) {
            var mapped = node.map(done::get);
            var loops = loops(mapped);
            any |= loops.isPresent();
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), loops.isPresent() ? loops.get().get(k) : mapped.result(k));
        }
        return any ? again.apply(roots.stream().map(done::get).toList(), trace) : roots;
    }

    private static Optional<List<Expr>> loops(Node node) {
        if (node.op().isTransparent() || node.op().lambdas().isEmpty()) return Optional.empty();
        return Origin.inherit(node.origin(), () -> node.op().expand(node.args()));
    }
}

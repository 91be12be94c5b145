package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Ops that are shorthands (mean, softmax) become what they stand for; late, since rules know them by name.
///
/// @param chosen which ops, of those that can be expanded
public record Expand(Predicate<Node> chosen) implements Pass {
    @Override public String name() { return "expand"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var sofar = roots;
        for (int round = 0; round < 8; round++) {   // shorthands for shorthands
            var next = once(sofar, trace);
            if (next.equals(sofar)) break;
            sofar = next;
        }
        return sofar;
    }

    private List<Expr> once(List<Expr> roots, Trace trace) {
        Map<Expr, Expr> done = new IdentityHashMap<>();
        for (var node : Graph.inOrder(roots)) {
            var moved = node.map(done::get);
            var simpler = chosen.test(moved) ? Origin.inherit(moved.origin(), () -> moved.op().expand(moved.args()))
                : Optional.<List<Expr>>empty();
            simpler.ifPresent(results -> trace.fired(name(), moved.result(0), results.getFirst()));
            for (int i = 0; i < node.size(); i++) done.put(node.result(i), simpler.isPresent() ? simpler.get().get(i) : moved.result(i));
        }
        return roots.stream().map(done::get).toList();
    }
}

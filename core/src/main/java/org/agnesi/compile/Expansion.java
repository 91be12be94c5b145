package org.agnesi.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.kernel.Lowering;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Replaces shorthands that have no loop of their own by the simpler ops that they stand for.
final class Expansion {
    private final Lowerings lowerings;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    Expansion(Lowerings lowerings) { this.lowerings = lowerings; }

    /// `inputs` stay as they are.
    static List<Expr> of(List<Expr> inputs, List<Expr> outputs, Lowerings lowerings) {
        var expansion = new Expansion(lowerings);
        for (var input : inputs) expansion.done.put(input, input);
        return expansion.expand(outputs);
    }

    private List<Expr> expand(List<Expr> roots) {
        for (var node : Graph.inOrder(roots, n -> !done.containsKey(n.result(0)))) {
            var mapped = node.map(done::get);
            var results = isShorthand(mapped) ? mapped.op().expand(mapped.args()).map(this::expand).orElse(mapped.results())
                : mapped.results();
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), results.get(k));
        }
        return roots.stream().map(done::get).toList();
    }

    private boolean isShorthand(Node node) { return lowerings.of(node) instanceof Lowering.Eval; }
}

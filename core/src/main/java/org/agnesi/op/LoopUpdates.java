package org.agnesi.op;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Shared;
import org.agnesi.symbolic.Updating;

/// The shared variables that a loop's step changes without saying so: random streams it draws from, loops inside it.
final class LoopUpdates {
    private LoopUpdates() {}

    /// Adds to `updates` what the nodes made by the step, those from number `oldest` on, bring along.
    static void inside(List<Expr> roots, long oldest, Map<Shared, Expr> updates) {
        for (var node : Graph.inOrder(roots, n -> n.number() >= oldest)) {
            if (node.op() instanceof Updating inner) inner.updates(node).forEach(updates::putIfAbsent);
            for (var arg : node.args())
                if (arg instanceof Shared shared && shared.defaultUpdate() != null) updates.putIfAbsent(shared, shared.defaultUpdate());
        }
    }

    /// `replacements` for what the step has made; what is older keeps its value, the one before the loop.
    static Map<Expr, Expr> bounded(List<Expr> roots, long oldest, Map<Expr, Expr> replacements) {
        var all = new IdentityHashMap<>(replacements);
        for (var node : Graph.inOrder(roots, n -> n.number() >= oldest))
            for (var arg : node.args())
                if (arg.node().number() < oldest) for (var result : arg.node().results()) all.putIfAbsent(result, result);
        return all;
    }
}

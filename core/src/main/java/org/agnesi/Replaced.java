package org.agnesi;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.agnesi.error.ArgumentError;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// What something else is to stand for: a variable, or a part of the formula itself.
final class Replaced {
    private Replaced() {}

    /// Refuses what is neither: written again, an expression is another one and would never be met.
    static void check(String call, Collection<? extends Expr> replaced, List<Expr> formulas) {
        var others = replaced.stream().filter(x -> !(x.node().op() instanceof Variable)).toList();
        if (others.isEmpty()) return;
        var parts = new HashSet<>(Graph.inOrder(formulas));   // Node compares by identity
        for (var other : others) if (!parts.contains(other.node())) throw new ArgumentError("""
            %s needs a variable or a part of the formula, but got %s of type %s, which is neither
            Pass the expression that the formula was built from: one written again is another.""".formatted(call, other, other.type()));
    }
}

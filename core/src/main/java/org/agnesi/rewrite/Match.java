package org.agnesi.rewrite;

import java.util.Map;
import org.agnesi.symbolic.Expr;

/// What a rule's variables stand for at one place of a graph: what conditions are asked about.
///
/// @param root  the expression that the rule would replace
/// @param bound per label of a [Wild], the expression it stands for
public record Match(Expr root, Map<String, Expr> bound) {
    public Match { bound = Map.copyOf(bound); }

    /// What `wild` stands for.
    public Expr of(Expr wild) {
        if (wild.node().op() instanceof Wild(var label, var _, var _)) {
            var found = bound.get(label);
            if (found != null) return found;
        }
        throw new IllegalArgumentException(wild + " is no variable of the rule's left side");
    }
}

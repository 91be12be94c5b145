package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Rules and sums of products in turns, until neither finds anything.
///
/// @param rules      which rules
/// @param strictness which classes of them run
public record Simplify(RuleSet rules, Strictness strictness) implements Pass {
    /// Sums of products and rules give each other new work; each round leaves less of it.
    private static final int ROUNDS = 4;

    @Override public String name() { return "simplify"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var rewriter = new Rewriter(rules, strictness);
        var sums = new ArithmeticNormalForm(strictness);
        var candidates = rewriter.candidates();
        var sofar = rewriter.run(roots, trace, candidates);
        for (int round = 0; round < ROUNDS; round++) {
            var collected = sums.run(sofar, trace);
            if (collected.equals(sofar)) break;
            sofar = rewriter.run(collected, trace, candidates);
        }
        return sofar;
    }
}

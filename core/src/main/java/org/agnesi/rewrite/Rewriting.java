package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// The passes that simplify a graph, in their order.
///
/// ```java
/// var simpler = Rewriting.of(roots, Strictness.DEFAULT);
/// simpler.roots();          // the same values, fewer ops
/// simpler.explanation();    // which rules fired, in order
/// ```
public final class Rewriting {
    /// Sums of products and rules give each other new work; each round leaves less of it.
    private static final int ROUNDS = 4;

    private Rewriting() {}

    /// The rewritten roots and what was done.
    public record Rewritten(List<Expr> roots, Explanation explanation) {}

    public static Rewritten of(List<? extends Expr> roots, Strictness strictness) {
        var trace = new Trace();
        var before = List.<Expr>copyOf(roots);
        var rules = new Rewriter(RuleSet.CANONICAL.and(RuleSet.STABLE), strictness);
        var sums = new ArithmeticNormalForm(strictness);
        var sofar = rules.run(before, trace);
        for (int round = 0; round < ROUNDS; round++) {
            var next = rules.run(sums.run(sofar, trace), trace);
            if (next.equals(sofar)) break;
            sofar = next;
        }
        sofar = new ShapeOf().run(sofar, trace);
        sofar = new Rewriter(RuleSet.SPECIALIZE, strictness).run(sofar, trace);
        var all = RuleSet.CANONICAL.and(RuleSet.STABLE).and(RuleSet.SPECIALIZE);
        return new Rewritten(sofar, new Explanation(before, sofar, all.rules(), strictness, trace));
    }
}

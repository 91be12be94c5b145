package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op;

/// The passes that simplify a graph, in their order.
///
/// ```java
/// var simpler = Rewriting.of(roots, Strictness.DEFAULT);
/// simpler.roots();          // the same values, fewer ops
/// simpler.explanation();    // which rules fired, in order
/// ```
///
/// @param strictness which classes of rules run
public record Rewriting(Strictness strictness) implements Pass {
    /// Sums of products and rules give each other new work; each round leaves less of it.
    private static final int ROUNDS = 4;

    private static final RuleSet RULES = RuleSet.CANONICAL.and(RuleSet.STABLE);

    /// Everything a rule can be named by.
    static final RuleSet ALL = RuleSet.CANONICAL.and(RuleSet.STABLE).and(RuleSet.PRODUCTS).and(RuleSet.SPECIALIZE).and(RuleSet.FINISH);

    /// The rewritten roots and what was done.
    public record Rewritten(List<Expr> roots, Explanation explanation) {}

    public static Rewritten of(List<? extends Expr> roots, Strictness strictness) {
        var trace = new Trace();
        var before = List.<Expr>copyOf(roots);
        var after = new Rewriting(strictness).run(before, trace);
        return new Rewritten(after, new Explanation(before, after, ALL.rules(), strictness, trace));
    }

    @Override public String name() { return "rewriting"; }

    /// Bodies of loops and branches first, then the graph around them.
    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        return flat(new InLambdas(new Flat(this), op -> !op.isTransparent()).run(roots, trace), trace);
    }

    /// The passes on one graph, loops and branches taken as they are.
    private List<Expr> flat(List<Expr> roots, Trace trace) {
        var simplified = simplified(RULES, roots, trace);
        var swept = new Rewriter(RuleSet.PRODUCTS, strictness).run(simplified, trace);
        var bodies = new InLambdas(new Derivable(this), Op::isTransparent).run(swept, trace);
        var inlined = new Inline().run(bodies, trace);
        var sofar = inlined.equals(simplified) ? simplified : simplified(RULES, inlined, trace);
        var special = new Rewriter(RuleSet.SPECIALIZE, strictness).run(new ShapeOf().run(sofar, trace), trace);
        return new Rewriter(RuleSet.FINISH, strictness).run(special, trace);
    }

    /// Rules and sums of products in turns, until neither finds anything.
    private List<Expr> simplified(RuleSet set, List<Expr> roots, Trace trace) {
        var rules = new Rewriter(set, strictness);
        var sums = new ArithmeticNormalForm(strictness);
        var sofar = rules.run(roots, trace);
        for (int round = 0; round < ROUNDS; round++) {
            var collected = sums.run(sofar, trace);
            if (collected.equals(sofar)) break;
            sofar = rules.run(collected, trace);
        }
        return sofar;
    }

    private record Flat(Rewriting rewriting) implements Pass {
        @Override public String name() { return "flat"; }
        @Override public List<Expr> run(List<Expr> roots, Trace trace) { return rewriting.flat(roots, trace); }
    }

    /// What may be done to a graph that is still to be derived: nothing that only derivatives see goes away.
    private record Derivable(Rewriting rewriting) implements Pass {
        @Override public String name() { return "derivable"; }
        @Override public List<Expr> run(List<Expr> roots, Trace trace) {
            Pass simplified = new Simplified(rewriting, RULES.without("gradient-wrapper"));
            return simplified.run(new InLambdas(simplified, op -> true).run(roots, trace), trace);
        }
    }

    private record Simplified(Rewriting rewriting, RuleSet rules) implements Pass {
        @Override public String name() { return rules.name(); }
        @Override public List<Expr> run(List<Expr> roots, Trace trace) { return rewriting.simplified(rules, roots, trace); }
    }
}

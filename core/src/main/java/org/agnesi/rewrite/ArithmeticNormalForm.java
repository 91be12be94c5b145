package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.Pow;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Interner;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Sums of products are flattened and collected: `2·x·3` → `6·x`, `x + x` → `2·x`, `x·x` → `x²`, `x²·x` → `x³`.
///
/// What several nodes use stays one node, and products of the same factors become one (`EqualProducts`). It holds for real
/// numbers: the order of terms and factors is not kept, so
/// where only REAL rules may not run, this pass does nothing. `x − x` and `x/x` stay unless FINITE ones may run.
public record ArithmeticNormalForm(Strictness strictness) implements Pass {
    @Override public String name() { return "sums-of-products"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        return strictness.allows(RuleClass.REAL) ? new Run(trace).run(roots) : roots;
    }

    private final class Run {
        private final Trace trace;
        private final Map<Expr, Expr> normal = new IdentityHashMap<>();
        private final Map<Expr, Integer> uses = new IdentityHashMap<>();
        private final Interner interner = new Interner();
        private final EqualProducts products = new EqualProducts(interner);

        Run(Trace trace) { this.trace = trace; }

        List<Expr> run(List<Expr> roots) {
            var nodes = Graph.inOrder(roots);
            var counts = new UseCounts(nodes, roots);
            for (var node : nodes) Origin.inherit(node.origin(), () -> visit(node, counts));
            return roots.stream().map(normal::get).toList();
        }

        private boolean visit(Node node, UseCounts counts) {
            var rebuilt = interner.first(node.map(normal::get));
            for (int i = 0; i < node.size(); i++) {
                var result = node.size() == 1 ? simpler(rebuilt.result(0)) : rebuilt.result(i);
                normal.put(node.result(i), result);
                uses.merge(result, counts.count(node.result(i)), Integer::sum);
            }
            return true;
        }

        private Expr simpler(Expr e) {
            boolean isProduct = e.node().isNegation() || e.node().powers().size() > 1 || e.node().op() instanceof Pow;
            var made = e.node().isSum() ? new SumOfTerms(this::isSpare, interner, strictness).of(e)
                : isProduct ? new ProductOfPowers(this::isSpare, strictness).of(e) : e;
            if (!made.node().isSum()) made = products.first(made);
            if (made == e || !made.type().refines(e.type())) return e;
            trace.fired(name(), e, made);
            return made;
        }

        /// Whether only one node uses `e`, so that it may be taken apart there.
        private boolean isSpare(Expr e) { return uses.getOrDefault(e, 0) <= 1; }
    }
}

package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.network.Chain;
import org.agnesi.network.Distributed;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Products of several tensors in their cheapest order: `dot(dot(A, B), v)` → `dot(A, dot(B, v))`.
///
/// By the sizes that types tell, others assumed; what is as cheap as it is written stays the same nodes. The same sums in another
/// order: they hold for real numbers.
///
/// @param strictness whether sums may be reordered at all
public record ProductOrder(Strictness strictness) implements Pass {
    private static final String NAME = "product-order";

    /// Of a long chain some factors are looked at in each round.
    private static final int ROUNDS = 50;

    @Override public String name() { return "products in their cheapest order"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var sofar = roots;
        for (int round = 0; round < ROUNDS; round++) {
            var nodes = Graph.inOrder(sofar);
            if (nodes.stream().noneMatch(node -> isChain(node) || Distributed.of(node, _ -> 1) != null)) return sofar;
            if (!strictness.allows(RuleClass.REAL)) {
                trace.refused(NAME, "it is of class " + RuleClass.REAL + ", which this mode leaves out");
                return sofar;
            }
            var next = new Round(nodes, trace).run(sofar);
            if (next.equals(sofar)) return sofar;
            sofar = next;
        }
        return sofar;
    }

    /// Whether the node multiplies what is a product itself, or scaled.
    private static boolean isChain(Node node) {
        return Chain.isProduct(node) && node.args().stream().anyMatch(arg -> Chain.isPart(arg.node()));
    }

    /// A walk over one graph.
    private static final class Round {
        private final List<Node> nodes;
        private final Trace trace;
        private final Map<Node, Integer> reads = new IdentityHashMap<>();
        private final Map<Node, Integer> inProducts = new IdentityHashMap<>();
        private final Map<Expr, Expr> now = new IdentityHashMap<>();

        Round(List<Node> nodes, Trace trace) {
            this.nodes = nodes;
            this.trace = trace;
            for (var node : nodes) for (var arg : node.args()) {
                reads.merge(arg.node(), 1, Integer::sum);
                if (Chain.isProduct(node)) inProducts.merge(arg.node(), 1, Integer::sum);
            }
        }

        List<Expr> run(List<Expr> roots) {
            for (var root : roots) reads.merge(root.node(), 1, Integer::sum);
            for (var node : nodes) {
                var results = Origin.inherit(node.origin(), () -> visit(node));
                for (int k = 0; k < node.size(); k++) now.put(node.result(k), results.get(k));
            }
            return roots.stream().map(now::get).toList();
        }

        private List<Expr> visit(Node node) {
            var as = node.map(now::get).results();
            var sum = Distributed.of(node, n -> reads.getOrDefault(n, 0));
            if (sum != null) {
                var apart = Build.refined(sum.apart(node, now::get), node.result(0));
                trace.fired("product-with-sum", node.result(0), apart);
                return List.of(apart);
            }
            boolean within = reads.getOrDefault(node, 0) == 1 && inProducts.containsKey(node);
            if (within || !isChain(node)) return as;
            var cheaper = Chain.cheaper(node, n -> reads.getOrDefault(n, 0), now::get);
            if (cheaper == null) {
                trace.refused(NAME, "no other order of " + node + " is cheaper, where what others read is computed anyway");
                return as;
            }
            var refined = Build.refined(cheaper, node.result(0));
            trace.fired(NAME, node.result(0), refined);
            return List.of(refined);
        }
    }
}

package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agnesi.op.Contract;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Makes one product of products that a loop's steps collect and whose sum is all that is wanted: the gradient of a recurrent
/// net's weights is a sum of outer products.
///
/// ```
/// Σₜ a(t) · b(t)  →  one contraction of all a and all b, over the steps too
/// Σₜ A · b(t)     →  A · Σₜ b(t)
/// ```
final class SumsOfProducts {
    private final Map<Expr, List<Node>> readers = new IdentityHashMap<>();
    private final Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
    private final Map<Expr, Expr> sums = new IdentityHashMap<>();

    private SumsOfProducts() {}

    static List<Expr> of(List<Expr> roots) { return new SumsOfProducts().run(roots); }

    private List<Expr> run(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().noneMatch(node -> node.op() instanceof Scan)) return roots;
        for (var node : nodes) for (var arg : node.args()) readers.computeIfAbsent(arg, _ -> new ArrayList<>()).add(node);
        roots.forEach(root -> readers.computeIfAbsent(root, _ -> new ArrayList<>()).add(root.node()));
        for (var node : nodes) Origin.inherit(node.origin(), () -> visit(node));
        return roots.stream().map(rebuilt::get).toList();
    }

    private boolean visit(Node node) {
        if (isSum(node) && sums.get(node.arg(0)) instanceof Expr sum) {
            rebuilt.put(node.result(0), sum);
            return true;
        }
        var moved = node.map(e -> rebuilt.getOrDefault(e, e));
        for (int k = 0; k < node.size(); k++) rebuilt.put(node.result(k), moved.result(k));
        return node.op() instanceof Scan scan && summed(node, moved, scan);
    }

    private static boolean isSum(Node node) { return node.op() instanceof Sum(var axes) && axes.equals(List.of(0)); }

    private boolean summed(Node node, Node moved, Scan scan) {
        var spec = scan.spec();
        if (spec.until()) return false;
        var products = new ArrayList<Integer>();
        for (int j = 0; j < spec.collected(); j++) {
            var read = readers.getOrDefault(node.result(spec.states() + j), List.of());
            if (!read.isEmpty() && read.stream().allMatch(SumsOfProducts::isSum) && Factors.fit(scan, spec.states() + j)) products.add(j);
        }
        if (products.isEmpty()) return false;
        replace(node, moved, products);
        return true;
    }

    private void replace(Node node, Node moved, List<Integer> products) {
        var loop = new ReopenedLoop(moved);
        int states = loop.spec().states();
        var factors = new Factors(loop);
        var kept = new ArrayList<Expr>();
        for (int j = 0; j < loop.collected().size(); j++) {
            if (products.contains(j)) factors.add(loop.collected().get(j));
            else kept.add(loop.collected().get(j));
        }
        int first = kept.size();
        kept.addAll(factors.collected);
        var built = loop.close(Map.of(), kept);
        var rows = built.collected().subList(first, built.collected().size());
        var all = new ArrayList<Expr>();
        for (int j = 0, next = 0; j < loop.collected().size(); j++)
            all.add(products.contains(j) ? moved.result(states + j) : built.collected().get(next++));
        var results = loop.results(built, all);
        for (int k = 0; k < results.size(); k++) rebuilt.put(node.result(k), results.get(k));
        for (int j : products) sums.put(node.result(states + j), factors.sum(loop.collected().get(j), rows));
    }

    /// The two sides of products, as rows after the loop.
    private static final class Factors {
        private final ReopenedLoop loop;
        private final List<Expr> collected = new ArrayList<>();

        Factors(ReopenedLoop loop) { this.loop = loop; }

        /// Whether a result of a loop's body is a product of floats that differs from step to step, and no less than its factors: all
        /// steps' factors are kept.
        static boolean fit(Scan scan, int r) {
            var product = scan.body().results().get(r);
            if (!(product.node().op() instanceof Contract) || !product.type().dtype().isFloating()) return false;
            var differ = product.node().args().stream().filter(arg -> !isSame(scan.body(), scan.spec().captured(0), arg)).toList();
            return !differ.isEmpty() && differ.stream().allMatch(arg -> arg.type().rank() <= product.type().rank());
        }

        /// Whether it is the same at all steps: it depends on no parameter before the captures.
        private static boolean isSame(Lambda body, int captures, Expr e) {
            int least = new Lambda(body.params(), List.of(e)).dependences().getFirst().nextSetBit(0);
            return least < 0 || least >= captures;
        }

        private boolean isSame(Expr e) { return isSame(loop.body(), loop.spec().captured(0), e); }

        void add(Expr product) {
            for (var arg : product.node().args())
                if (!isSame(arg) && !loop.elements().containsKey(arg) && !collected.contains(arg)) collected.add(arg);
        }

        Expr sum(Expr product, List<Expr> rows) {
            var op = (Contract) product.node().op();
            var a = product.node().arg(0);
            var b = product.node().arg(1);
            if (isSame(a)) return Contract.contract(outside(a), op.left(), total(b, rows), op.right(), op.out());
            if (isSame(b)) return Contract.contract(total(a, rows), op.left(), outside(b), op.right(), op.out());
            int step = 1 + Stream.concat(op.left().stream(), op.right().stream()).mapToInt(label -> label).max().orElse(-1);
            return Contract.contract(rows(a, rows), with(step, op.left()), rows(b, rows), with(step, op.right()), op.out());
        }

        private static List<Integer> with(int label, List<Integer> labels) {
            return Stream.concat(Stream.of(label), labels.stream()).toList();
        }

        private Expr outside(Expr e) { return Graph.replace(List.of(e), loop.captured()).getFirst(); }

        private Expr total(Expr e, List<Expr> rows) { return Sum.sum(rows(e, rows), Axes.over(0)); }

        private Expr rows(Expr e, List<Expr> rows) {
            var elements = loop.elements().get(e);
            return elements != null ? elements : rows.get(collected.indexOf(e));
        }
    }
}

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
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Makes one product of products that a loop's steps collect and whose sum is all that is wanted: the gradient of a recurrent
/// net's weights is a sum of outer products, and its tangent one of two for each step.
///
/// ```
/// Σₜ a(t) · b(t)              →  one contraction of all a and all b, over the steps too
/// Σₜ A · b(t)                 →  A · Σₜ b(t)
/// Σₜ (a(t) · b(t) − C p(t))   →  Σₜ a(t) · b(t) − C Σₜ p(t), p(t) a product too
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
        var steps = new SummedTerms(scan.body(), spec.captured(0));
        for (int j = 0; j < spec.collected(); j++) {
            int r = spec.states() + j;
            var read = readers.getOrDefault(node.result(r), List.of());
            boolean isSummed = !read.isEmpty() && read.stream().allMatch(SumsOfProducts::isSum);
            if (isSummed && steps.fit(scan.body().results().get(r))) products.add(j);
        }
        if (products.isEmpty()) return false;
        replace(node, moved, products, steps);
        return true;
    }

    private void replace(Node node, Node moved, List<Integer> products, SummedTerms steps) {
        var loop = new ReopenedLoop(moved);
        int states = loop.spec().states();
        var factors = new Factors(loop, steps);
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

    /// What is summed, as rows after the loop.
    private static final class Factors {
        private final ReopenedLoop loop;
        private final SummedTerms steps;
        private final List<Expr> collected = new ArrayList<>();

        Factors(ReopenedLoop loop, SummedTerms steps) {
            this.loop = loop;
            this.steps = steps;
        }

        void add(Expr sum) {
            for (var part : steps.parts(sum))
                for (var e : steps.isProduct(part.e()) ? part.e().node().args() : List.of(part.e()))
                    if (!loop.elements().containsKey(e) && !collected.contains(e)) collected.add(e);
        }

        Expr sum(Expr sum, List<Expr> rows) {
            var sums = new IdentityHashMap<Expr, Expr>();
            for (var part : steps.parts(sum)) sums.put(part.e(), total(part.e(), rows));
            for (var node : Graph.inOrder(List.of(sum), steps::isLinear)) {
                var args = node.args().stream().map(arg -> sums.containsKey(arg) ? sums.get(arg) : outside(arg)).toList();
                sums.put(node.result(0), node.op().apply(args));
            }
            return sums.get(sum);
        }

        private Expr outside(Expr e) {
            return Graph.replace(List.of(steps.isSame(e) ? e : SummedTerms.single(e)), loop.captured()).getFirst();
        }

        private Expr total(Expr e, List<Expr> rows) {
            if (!steps.isProduct(e)) return Sum.sum(rows(e, rows), Axes.over(0));
            var op = (Contract) e.node().op();
            int step = 1 + Stream.concat(op.left().stream(), op.right().stream()).mapToInt(label -> label).max().orElse(-1);
            var left = rows(e.node().arg(0), rows);
            var right = rows(e.node().arg(1), rows);
            return Contract.contract(left, with(step, op.left()), right, with(step, op.right()), op.out());
        }

        private static List<Integer> with(int label, List<Integer> labels) {
            return Stream.concat(Stream.of(label), labels.stream()).toList();
        }

        private Expr rows(Expr e, List<Expr> rows) {
            var elements = loop.elements().get(e);
            return elements != null ? elements : rows.get(collected.indexOf(e));
        }
    }
}

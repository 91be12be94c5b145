package org.agnesi.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.agnesi.network.Factor.Dense;
import org.agnesi.op.Contract;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// The factors of a product of plain tensors that is written as products of two, and what it takes as it is written.
///
/// A product that others read too costs nothing here, since it is computed anyway: it stays unless even its factors take less,
/// as those of `dot(outer(g, v), w)` do.
public final class Chain {
    /// Of longer chains so many factors are looked at at a time.
    private static final int MOST_FACTORS = 8;
    private static final int MOST_OWN = 64;

    /// What saves less than a tenth is not worth another graph.
    private static final double WORTH = 0.9;

    private final Labels labels = new Labels();
    private final Map<Node, Opened> opened = new IdentityHashMap<>();
    private final List<Integer> out;
    private List<Dense> factors;

    /// A node with what it multiplies, and its labels.
    private record Opened(List<Dense> operands, List<Integer> out) {}

    private Chain(Node root, Predicate<Node> opens) {
        out = labels.of(root.result(0));
        factors = List.of(new Dense(root.result(0), out));
        for (int before = 0; before < factors.size() && factors.size() < MOST_FACTORS; ) {
            before = factors.size();
            nextLevel(opens);
        }
    }

    /// Whether the node is a product of two tensors that can be a part of a chain.
    public static boolean isProduct(Node node) {
        var dtype = node.types().getFirst().dtype();
        return node.op() instanceof Contract && dtype.isFloating() && node.args().stream().allMatch(arg -> arg.type().dtype() == dtype);
    }

    /// Whether it is a product, or a tensor scaled along some of its axes, that the product which reads it may take apart.
    public static boolean isPart(Node node) { return isProduct(node) || Scaled.isOne(node); }

    /// The product in an order that is cheaper than the one it is written in; null if there is none.
    ///
    /// @param reads how often a node is read
    /// @param now   what an expression has become by now
    public static @Nullable Expr cheaper(Node root, ToIntFunction<Node> reads, UnaryOperator<Expr> now) {
        var own = own(root, reads);
        var alone = new Chain(root, own::contains);
        var kept = alone.order(alone.factors);
        Chain best = kept.cost() < WORTH * alone.written(own) ? alone : null;
        double least = kept.cost();
        for (Predicate<Node> opens : List.<Predicate<Node>>of(Chain::isProduct, node -> isProduct(node) && Thin.isOuter(node))) {
            var anew = new Chain(root, node -> own.contains(node) || opens.test(node));
            var whole = anew.opened.keySet().equals(alone.opened.keySet()) ? kept : anew.order(anew.factors);
            if (whole.cost() >= Math.min(WORTH * anew.written(own), least)) continue;
            best = anew;
            least = whole.cost();
        }
        return best == null ? null : best.value(now);
    }

    /// The parts that nobody reads but this product.
    private static Set<Node> own(Node root, ToIntFunction<Node> reads) {
        Map<Node, Integer> seen = new IdentityHashMap<>();
        Set<Node> own = Collections.newSetFromMap(new IdentityHashMap<>());
        var work = new ArrayList<>(List.of(root));
        while (!work.isEmpty() && own.size() < MOST_OWN) {
            var node = work.removeLast();
            own.add(node);
            for (var arg : node.args())
                if (isPart(arg.node()) && seen.merge(arg.node(), 1, Integer::sum) == reads.applyAsInt(arg.node())) work.add(arg.node());
        }
        return own;
    }

    /// Puts the operands of products in their places.
    private void nextLevel(Predicate<Node> opens) {
        var next = new ArrayList<Dense>();
        int left = factors.size();
        for (var factor : factors) {
            var node = factor.value().node();
            left--;
            if (opens.test(node) && next.size() + left + node.args().size() <= MOST_FACTORS) next.addAll(operands(node, factor.labels()));
            else next.add(factor);
        }
        factors = List.copyOf(next);
    }

    private List<Dense> operands(Node node, List<Integer> along) {
        if (!(node.op() instanceof Contract op)) return opened(node, Scaled.parts(node, along), along);
        var names = new HashMap<Integer, Integer>();
        for (int axis = 0; axis < along.size(); axis++) names.put(op.out().get(axis), along.get(axis));
        var a = operand(node.arg(0), op.left(), names);
        var b = operand(node.arg(1), op.right(), names);
        return opened(node, List.of(a, b), along);
    }

    private List<Dense> opened(Node node, List<Dense> operands, List<Integer> along) {
        opened.putIfAbsent(node, new Opened(operands, along));
        return operands;
    }

    /// What is known of the size of an axis is known of all that meet it.
    private Dense operand(Expr e, List<Integer> axes, Map<Integer, Integer> names) {
        var along = new ArrayList<Integer>();
        for (int axis = 0; axis < axes.size(); axis++) {
            int own = labels.fresh(Length.traced(e, axis)), name = names.computeIfAbsent(axes.get(axis), _ -> own);
            labels.equal(own, name);
            along.add(name);
        }
        return new Dense(e, along);
    }

    private Order order(List<Dense> tensors) {
        return new Order(new Product(1, List.copyOf(tensors)), out, tensors.getFirst().value().type().dtype(), labels, Made.nothing());
    }

    private Expr value(UnaryOperator<Expr> now) {
        return order(factors.stream().map(f -> new Dense(now.apply(f.value()), f.labels())).toList()).value();
    }

    /// The cost as it is written, counted as an [Order] counts.
    private double written(Set<Node> own) {
        double cost = 0;
        for (var entry : opened.entrySet()) if (own.contains(entry.getKey())) {
            var operands = entry.getValue().operands;
            var all = new HashSet<>(entry.getValue().out);
            for (var operand : operands) {
                all.addAll(operand.labels());
                if (!isCounted(operand.value(), own)) cost += labels.estimate(operand.labels());
            }
            cost += (operands.size() - 1) * (labels.estimate(all) + labels.estimate(entry.getValue().out));
        }
        return cost;
    }

    private boolean isCounted(Expr e, Set<Node> own) { return own.contains(e.node()) && opened.containsKey(e.node()); }
}

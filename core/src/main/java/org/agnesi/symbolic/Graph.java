package org.agnesi.symbolic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.agnesi.array.NDArray;

/// Walks over graphs. Iterative, so a graph a million nodes deep is as safe as one of ten.
public final class Graph {
    private Graph() {}

    /// Every node that `roots` depend on, inputs before users.
    public static List<Node> inOrder(Collection<Expr> roots) { return inOrder(roots, node -> true); }

    /// The nodes that `roots` depend on through nodes that are `entered`, inputs before users.
    public static List<Node> inOrder(Collection<Expr> roots, Predicate<Node> entered) {
        var order = new ArrayList<Node>();
        var seen = new NodeSet();
        var path = new ArrayDeque<Visit>();
        for (var root : roots) {
            enter(root.node(), entered, seen, path);
            while (!path.isEmpty()) {
                var visit = path.peek();
                if (visit.next < visit.node.args().size()) enter(visit.node.arg(visit.next++).node(), entered, seen, path);
                else order.add(path.pop().node);
            }
        }
        return order;
    }

    /// Whether an op of these graphs, or of the graphs that their ops hold, is such a one.
    public static boolean hasOp(Collection<Expr> roots, Predicate<Op> wanted) {
        var held = new ArrayDeque<Collection<Expr>>(List.of(roots));
        Set<Lambda> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!held.isEmpty())
            for (var node : inOrder(held.pop())) {
                if (wanted.test(node.op())) return true;
                for (var lambda : node.op().lambdas()) if (seen.add(lambda)) held.push(lambda.results());
            }
        return false;
    }

    private static void enter(Node node, Predicate<Node> entered, NodeSet seen, ArrayDeque<Visit> path) {
        if (entered.test(node) && seen.add(node)) path.push(new Visit(node));
    }

    /// A node on the path from a root, and the next of its args to look at.
    private static final class Visit {
        final Node node;
        int next;
        Visit(Node node) { this.node = node; }
    }

    /// `roots` with each expression that is a key of `replacements` replaced, and what depends on it rebuilt.
    public static List<Expr> replace(List<Expr> roots, Map<Expr, Expr> replacements) { return new Substitution(replacements).of(roots); }

    static boolean allReplaced(Node node, Map<Expr, ?> replacements) {
        for (int i = 0; i < node.size(); i++)
            if (!replacements.containsKey(node.result(i))) return false;
        return true;
    }

    /// The reference interpreter: each node's own [Op#eval], in order; what every backend is tested against.
    public static List<NDArray> eval(List<Expr> roots, Map<Expr, NDArray> inputs) {
        var values = new IdentityHashMap<Expr, NDArray>(inputs);
        for (var node : inOrder(roots, n -> !allReplaced(n, inputs))) {
            var args = new ArrayList<NDArray>(node.args().size());
            for (var arg : node.args()) args.add(values.get(arg));
            var results = Evaluation.of(node, args);
            for (int i = 0; i < node.size(); i++) values.putIfAbsent(node.result(i), results.get(i));
        }
        return roots.stream().map(values::get).toList();
    }

    /// The value of one expression; see [#eval(List, Map)].
    public static NDArray eval(Expr root, Map<Expr, NDArray> inputs) { return eval(List.of(root), inputs).getFirst(); }
}

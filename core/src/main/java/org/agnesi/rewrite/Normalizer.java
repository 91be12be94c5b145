package org.agnesi.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Interner;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// The walk of the [Rewriter]: brings every node to its normal form, its inputs first, each once.
///
/// A node is rebuilt on its inputs' normal forms and merged with an equal one; then `step` is asked for something
/// better, whose normal form becomes the node's. It is a loop over an explicit stack: depth costs no Java stack.
final class Normalizer {
    private final Function<Node, @Nullable Expr> step;
    private final Interner interner = new Interner();
    private final Map<Node, List<Expr>> normal;
    private final Set<Node> underway = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Visit> path = new ArrayDeque<>();

    /// @param step a replacement for the only result of a node, or null where the node is as simple as can be
    /// @param size about how many nodes there are
    Normalizer(Function<Node, @Nullable Expr> step, int size) {
        this.step = step;
        this.normal = new IdentityHashMap<>(2 * size + 16);
    }

    /// A node on the way to its normal form.
    private static final class Visit {
        final Node node;
        int nextArg;
        @Nullable Node rebuilt;
        @Nullable Expr goal;
        Visit(Node node) { this.node = node; }
    }

    List<Expr> run(List<Expr> roots) {
        for (var root : roots) {
            enter(root.node());
            while (!path.isEmpty()) advance(path.peek());
        }
        return roots.stream().map(this::normal).toList();
    }

    private Expr normal(Expr e) { return normal.get(e.node()).get(e.index()); }

    private boolean isDone(Node node) { return normal.containsKey(node); }

    private void enter(Node node) {
        if (isDone(node) || !underway.add(node)) return;
        path.push(new Visit(node));
    }

    private void advance(Visit visit) {
        if (visit.goal != null) {
            finish(visit, List.of(normal(visit.goal)));
        } else if (visit.nextArg < visit.node.args().size()) {
            enter(visit.node.arg(visit.nextArg++).node());
        } else {
            Origin.inherit(visit.node.origin(), () -> improve(visit));
        }
    }

    /// All inputs are normal: rebuild, merge, and look for something better.
    private @Nullable Void improve(Visit visit) {
        var node = visit.rebuilt = interner.first(visit.node.map(this::normal));
        if (node != visit.node && isDone(node)) return finish(visit, normal.get(node));
        boolean circular = node != visit.node && !underway.add(node);
        var better = circular || node.size() != 1 ? null : step.apply(node);
        if (better == null || underway.contains(better.node())) return settle(visit, node);
        visit.goal = better;
        enter(better.node());
        return null;
    }

    /// Nothing is better: `node` is its own normal form.
    private @Nullable Void settle(Visit visit, Node node) { return finish(visit, new ArrayList<>(node.results())); }

    private @Nullable Void finish(Visit visit, List<Expr> results) {
        path.pop();
        for (var node : visit.rebuilt == null ? List.of(visit.node) : List.of(visit.node, visit.rebuilt)) {
            normal.putIfAbsent(node, results);
            underway.remove(node);
        }
        return null;
    }
}

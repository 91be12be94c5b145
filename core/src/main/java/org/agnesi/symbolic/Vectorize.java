package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.Scan;

/// A graph along a batch: every node between the batched inputs and the results, each asked once for its [Op#batch].
///
/// An op that refuses, and is no shorthand for ops that do not, is run in a loop over the batch.
public final class Vectorize {
    private final Map<Expr, Expr> batched;
    private final Map<Expr, Expr> common = new IdentityHashMap<>();
    private final Expr size;

    private Vectorize(Map<Expr, Expr> batched, Expr size) {
        this.batched = new IdentityHashMap<>(batched);
        this.size = size;
    }

    /// `roots` with a batch dimension in front.
    ///
    /// @param inputs per input of the graph, an expression one rank higher; all agree in their first dimension
    /// @param size   that dimension, an int64 scalar
    public static List<Expr> batch(List<Expr> roots, Map<Expr, Expr> inputs, Expr size) {
        var batch = new Vectorize(inputs, size);
        batch.visit(inputs.keySet(), roots);
        return roots.stream().map(batch::full).toList();
    }

    private void visit(Collection<Expr> inputs, List<Expr> roots) {
        for (var node : new Dependence(inputs, roots, List.of()).order()) {
            var results = Origin.inherit(node.origin(), () -> visit(node));
            for (int i = 0; i < results.size(); i++) keep(node.result(i), results.get(i));
        }
    }

    /// A result of the op's own rank is the same in every row: a length.
    private void keep(Expr one, Expr result) {
        (result.type().rank() > one.type().rank() ? batched : common).putIfAbsent(one, result);
    }

    private List<Expr> visit(Node node) {
        var in = new ArrayList<Expr>();
        var which = new ArrayList<Boolean>();
        for (var arg : node.args()) {
            in.add(batched.getOrDefault(arg, common.getOrDefault(arg, arg)));
            which.add(batched.containsKey(arg));
        }
        if (!which.contains(true)) return node.with(in).results();
        var b = new Batch(in, which, size);
        return node.op().batch(b)
            .or(() -> node.op().expand(node.args()).map(simpler -> expanded(node, simpler)))
            .orElseGet(() -> Scan.overBatch(node, b));
    }

    private List<Expr> expanded(Node node, List<Expr> simpler) {
        visit(node.args().stream().filter(a -> batched.containsKey(a) || common.containsKey(a)).toList(), simpler);
        return simpler.stream().map(this::full).toList();
    }

    private Expr full(Expr root) {
        var found = batched.get(root);
        return found != null ? found : new Batch(List.of(common.getOrDefault(root, root)), List.of(false), size).full(0);
    }
}

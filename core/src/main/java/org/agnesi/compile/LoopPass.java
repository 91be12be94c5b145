package org.agnesi.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.TensorType;

/// A walk over a graph that puts something else in the place of its loops over steps.
final class LoopPass {
    private LoopPass() {}

    /// @param loop the results of a loop, anew; those of the node itself where nothing changes
    static List<Expr> each(List<Expr> roots, Function<Node, List<Expr>> loop) { return each(roots, (_, node) -> loop.apply(node)); }

    /// @param loop the same, from the loop as it was and with what stands for its arguments now
    static List<Expr> each(List<Expr> roots, BiFunction<Node, Node, List<Expr>> loop) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().noneMatch(node -> node.op() instanceof Scan)) return roots;
        Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
        for (var node : nodes) {
            var moved = node.map(rebuilt::get);
            var results = moved.op() instanceof Scan ? Origin.inherit(node.origin(), () -> loop.apply(node, moved)) : moved.results();
            var kept = fit(results, node) ? results : moved.results();
            for (int k = 0; k < node.size(); k++) rebuilt.put(node.result(k), kept.get(k));
        }
        return roots.stream().map(rebuilt::get).toList();
    }

    /// Whether all results can stand for a loop's: if only some did, both loops would run.
    private static boolean fit(List<Expr> results, Node loop) {
        return IntStream.range(0, loop.size()).allMatch(k -> fits(results.get(k), loop.types().get(k)));
    }

    /// Of a state whose last value alone is kept there may be fewer rows than were known.
    private static boolean fits(Expr result, TensorType type) {
        boolean isLast = result.node().op() instanceof Scan scan && scan.spec().lasts().contains(result.index());
        return isLast ? ofRow(result.type()).refines(ofRow(type)) : result.type().refines(type);
    }

    private static TensorType ofRow(TensorType rows) { return rows.withDims(rows.dims().subList(1, rows.rank())); }
}

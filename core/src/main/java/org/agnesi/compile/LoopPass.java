package org.agnesi.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

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
            for (int k = 0; k < node.size(); k++)
                rebuilt.put(node.result(k), results.get(k).type().refines(node.types().get(k)) ? results.get(k) : moved.result(k));
        }
        return roots.stream().map(rebuilt::get).toList();
    }
}

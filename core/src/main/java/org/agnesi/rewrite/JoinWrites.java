package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Scatter;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;

/// Many additions to single places of one tensor become one: `x.at(0).add(a).at(3).add(b)` → `x.at([0, 3]).add([a, b])`.
///
/// Each write copies its tensor, so a gradient of many `x.get(k)` would copy all of it that many times. What is written between
/// is only joined where nobody else reads it, and added in the order it was: every bit stays.
public record JoinWrites() implements Pass {
    /// So many values are one loop: an array of more would be put together by as many pieces of code.
    private static final int MOST = 64;

    @Override public String name() { return "join-writes"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().noneMatch(node -> axis(node) >= 0)) return roots;
        var readers = new IdentityHashMap<Expr, Integer>();
        for (var node : nodes) for (var arg : node.args()) readers.merge(arg, 1, Integer::sum);
        for (var root : roots) readers.merge(root, 1, Integer::sum);
        var joined = new IdentityHashMap<Expr, Expr>();
        var chains = new IdentityHashMap<Node, List<Node>>();   // each ends with its key
        for (var node : nodes) if (axis(node) >= 0) {
            var before = node.arg(0).node();
            var chain = axis(before) == axis(node) && readers.get(node.arg(0)) == 1 ? chains.remove(before) : null;
            if (chain == null || chain.size() == MOST) {
                if (chain != null) chains.put(before, chain);
                chain = new ArrayList<>();
            }
            chain.add(node);
            chains.put(node, chain);
        }
        for (var node : nodes) Origin.inherit(node.origin(), () -> rebuild(node, chains, joined, trace));
        return roots.stream().map(root -> joined.getOrDefault(root, root)).toList();
    }

    private boolean rebuild(Node node, Map<Node, List<Node>> chains, Map<Expr, Expr> joined, Trace trace) {
        var chain = chains.getOrDefault(node, List.of());
        if (chain.size() < 2) {
            var rebuilt = node.map(arg -> joined.getOrDefault(arg, arg));
            for (int i = 0; i < node.size(); i++) joined.put(node.result(i), rebuilt.result(i));
            return false;
        }
        int axis = axis(node);
        var base = chain.getFirst().arg(0);
        var values = chain.stream().map(write -> joined.getOrDefault(write.arg(1), write.arg(1))).toList();
        var places = chain.stream().mapToLong(write -> place(write, axis)).toArray();
        var made = Expr.of(new Scatter(List.of(axis), axis, true), joined.getOrDefault(base, base), Concatenate.stack(values, axis),
            Constant.constant(NDArray.of(places)));
        joined.put(node.result(0), made);
        trace.fired(name(), node.result(0), made);
        return true;
    }

    private static long place(Node write, int axis) {
        return write.op() instanceof PutSlice(var cuts, var _) && cuts.get(axis) instanceof Cut.One(Cut.Edge.Fixed(var at)) ? at : 0;
    }

    /// The axis along which this adds to one place that is known, all of it along the others; −1 where it is no such write.
    private static int axis(Node node) {
        if (!(node.op() instanceof PutSlice(var cuts, var adds)) || !adds || node.args().size() != 2) return -1;
        int found = -1;
        for (int axis = 0; axis < cuts.size(); axis++) {
            if (cuts.get(axis).equals(Cut.ALL)) continue;
            if (found >= 0 || !cuts.get(axis).drops()) return -1;
            found = axis;
        }
        return found;
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Substitution;
import org.jspecify.annotations.Nullable;

/// The shapes of what a loop's body computes, told without running it.
final class BodyShapes {
    private BodyShapes() {}

    /// Per result of the loop its dimensions, in terms of the loop's arguments; null where only running tells.
    static List<List<@Nullable Expr>> outside(Scan scan, List<Expr> in) { return outside(scan, in, BodyShapes::own); }

    /// @param told the shapes of the results of a node of the body
    static List<List<@Nullable Expr>> outside(Scan scan, List<Expr> in, Function<Node, List<List<@Nullable Expr>>> told) {
        var spec = scan.spec();
        var known = lengths(scan, in, told);
        var hidden = scan.body().params().subList(0, spec.captured(0)).stream().map(Expr::node).toList();
        var shapes = new ArrayList<List<@Nullable Expr>>();
        for (int r = 0; r < spec.states() + spec.collected(); r++) {
            var dims = new ArrayList<@Nullable Expr>();
            dims.add(spec.lasts().contains(r) ? Rows.least(in.getFirst(), Constant.index(1)) : spec.until() ? null : in.getFirst());
            var result = scan.body().results().get(r);
            for (int axis = 0; axis < result.type().rank(); axis++)
                dims.add(r < spec.states() ? in.get(spec.initial(r)).length(axis + (spec.stacked(r) ? 1 : 0))
                    : told(known.of(result.length(axis)), hidden));
            shapes.add(dims);
        }
        if (spec.until()) shapes.add(List.of());
        return shapes;
    }

    /// What a node's op tells.
    static List<List<@Nullable Expr>> own(Node node) { return node.op().outputShapes(node.args()); }

    private static @Nullable Expr told(Expr dim, List<Node> hidden) {
        return Collections.disjoint(Graph.inOrder(List.of(dim)), hidden) ? dim : null;
    }

    /// The shapes of all that a loop's steps compute, where it made none.
    static List<Shape> inside(Scan scan, List<NDArray> in) {
        var spec = scan.spec();
        var zeros = new IdentityHashMap<Expr, NDArray>();
        for (int i = 1; i < in.size(); i++) {
            boolean whole = i >= spec.capture(0) || i >= spec.initial(0) && !spec.stacked(i - spec.initial(0));
            var value = in.get(i);
            var shape = whole ? value.shape() : Shape.of(IntStream.of(value.shape().dims()).skip(1).toArray());
            spec.params(i).stream().forEach(p -> zeros.put(scan.body().params().get(p),
                whole ? value : NDArray.zeros(value.dtype(), shape)));
        }
        var known = lengths(scan, null, BodyShapes::own);
        var dims = scan.body().results().stream().map(result -> known.of(result.lengths())).toList();
        var sizes = Graph.eval(dims.stream().flatMap(List::stream).toList(), zeros).iterator();
        return dims.stream().map(own -> Shape.of(own.stream().mapToInt(_ -> (int) sizes.next().toLong()).toArray())).toList();
    }

    /// Every length inside the body, in terms of the params, and these in terms of the arguments where they are given.
    private static Substitution lengths(Scan scan, @Nullable List<Expr> in, Function<Node, List<List<@Nullable Expr>>> told) {
        var known = new Substitution();
        if (in != null) bind(scan, in, known);
        for (var node : Graph.inOrder(scan.body().results(), n -> !scan.body().params().contains(n.result(0)))) {
            if (node.args().isEmpty()) continue;
            if (node.op() instanceof Length(var axis) && known.known(node.arg(0).length(axis)) instanceof Expr size)
                known.put(node.result(0), size);
            var shapes = told.apply(node);
            for (var result : node.results())
                for (int axis = 0; axis < result.type().rank(); axis++) {
                    var dim = shapes.get(result.index()).get(axis);
                    if (dim != null && !result.type().isKnown(axis))
                        known.put(result.length(axis), known.of(dim));
                }
        }
        return known;
    }

    private static void bind(Scan scan, List<Expr> in, Substitution known) {
        LoopSpec spec = scan.spec();
        for (int i = 1; i < in.size(); i++) {
            var arg = in.get(i);
            boolean capture = i >= spec.capture(0);
            int dropped = capture || i >= spec.initial(0) && !spec.stacked(i - spec.initial(0)) ? 0 : 1;
            for (int p : spec.params(i).stream().toArray()) {
                var param = scan.body().params().get(p);
                if (capture) known.put(param, arg);
                for (int axis = 0; axis < param.type().rank(); axis++)
                    if (!param.type().isKnown(axis)) known.put(param.length(axis), arg.length(axis + dropped));
            }
        }
    }
}

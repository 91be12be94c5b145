package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// The shapes of what a [Branch] gives, as far as both sides have the same, told without running either.
///
/// A cotangent of `A` has the sizes of a product on the side where one is computed, and those of `A` where nothing comes to it:
/// they are the same if the one side's own facts say so, which hold where it runs.
final class BranchShapes {
    private final Side then;
    private final Side otherwise;

    private BranchShapes(Branch branch, List<Expr> in) {
        var args = in.subList(1, in.size());
        then = new Side(branch.then(), args);
        otherwise = new Side(branch.otherwise(), args);
    }

    /// Those of any node's results.
    static List<List<@Nullable Expr>> of(Node node) {
        return node.op() instanceof Branch branch ? of(branch, node.args()) : BodyShapes.own(node);
    }

    /// Per result its dimensions, in terms of the branch's arguments; null where the sides may differ or only running tells.
    private static List<List<@Nullable Expr>> of(Branch branch, List<Expr> in) {
        var types = branch.infer(in);
        var sides = new BranchShapes(branch, in);
        var shapes = new ArrayList<List<@Nullable Expr>>();
        for (int r = 0; r < types.size(); r++) {
            var dims = new ArrayList<@Nullable Expr>();
            for (int axis = 0; axis < types.get(r).rank(); axis++) dims.add(sides.size(r, axis));
            shapes.add(dims);
        }
        return shapes;
    }

    private @Nullable Expr size(int r, int axis) {
        var one = then.size(then.graph.results().get(r), axis);
        var other = otherwise.size(otherwise.graph.results().get(r), axis);
        if (one == null || other == null) return null;
        if (isSame(one, other) || otherwise.areEqual(one, other)) return one;
        return then.areEqual(one, other) ? other : null;
    }

    private static boolean isSame(Expr a, Expr b) {
        return a == b || a.constantLong().isPresent() && a.constantLong().equals(b.constantLong())
            || a.node().op() instanceof Length && a.node().op().equals(b.node().op()) && a.node().arg(0) == b.node().arg(0);
    }

    /// One of the graphs, over the arguments.
    private record Side(Lambda graph, List<Expr> args) {
        @Nullable Expr size(Expr e, int axis) {
            var size = Length.traced(e, axis);
            return Graph.inOrder(List.of(size)).stream().allMatch(Side::isOfSizes)
                ? new Lambda(graph.params(), List.of(size)).apply(args).getFirst() : null;
        }

        /// Whether it is an argument or a number made of sizes and numbers, not an array inside.
        private static boolean isOfSizes(Node node) {
            return node.args().isEmpty() || node.types().stream().allMatch(type -> type.rank() == 0);
        }

        /// Whether two sizes are equal wherever this side runs.
        boolean areEqual(Expr a, Expr b) {
            return Graph.inOrder(graph.results()).stream().map(node -> node.op().facts(node.args())).flatMap(Collection::stream)
                .anyMatch(fact -> says(fact, a, b));
        }

        private boolean says(Fact fact, Expr a, Expr b) {
            var one = size(fact.a(), fact.axisA());
            var other = size(fact.b(), fact.axisB());
            return one != null && other != null && (isSame(one, a) && isSame(other, b) || isSame(one, b) && isSame(other, a));
        }
    }
}

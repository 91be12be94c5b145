package org.agnesi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.op.Extremum;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// The dimensions that must agree for a call to make sense, checked before anything runs: with the user's line, whatever
/// rewriting made of it.
///
/// They are the facts of the graph as it was built, less those that follow from the others: equal sizes form classes,
/// and each class is checked once along a tree. Sizes that only running the graph tells are left to the engine.
final class Facts {
    private final List<Expr> inputs;
    private final Map<Expr, Integer> places = new IdentityHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Filled> filled = new ArrayList<>();
    private final List<Expr> computed = new ArrayList<>();
    private final boolean ofShapes;
    private volatile @Nullable Kinds passed;

    /// A size to be had at the call.
    private sealed interface Size {
        record Fixed(long size) implements Size {}
        record Along(int input, int axis) implements Size {}
        record Computed(int index) implements Size {}
    }

    private record Check(Node node, Fact fact, Size a, Size b, List<Expr> shapeA, List<Expr> shapeB) {}

    /// A size that must not be 0, of the first argument of `node`.
    private record Filled(Node node, Size size, List<Expr> shape) {}

    /// @param inputs  the function's inputs and the shared variables it reads
    /// @param results the graph as it was built
    Facts(List<Expr> inputs, List<Expr> results) {
        this.inputs = inputs;
        for (int i = 0; i < inputs.size(); i++) places.put(inputs.get(i), i);
        Origin.inherit(null, () -> collect(Graph.inOrder(results)));
        ofShapes = Length.tells(computed, places::containsKey);
    }

    private @Nullable Void collect(List<Node> order) {
        var sizes = new Sizes(inputs);
        var equal = new Equal();
        for (var node : order) {
            sizes.learn(node);
            for (var fact : node.op().facts(node.args())) add(node, fact, sizes, equal);
            for (int axis : node.op().filledAxes(node.args())) add(node, axis, sizes);
        }
        return null;
    }

    private void add(Node node, Fact fact, Sizes sizes, Equal equal) {
        var shapeA = sizes.shape(fact.a());
        var shapeB = sizes.shape(fact.b());
        if (shapeA.contains(null) || shapeB.contains(null)) return;
        var a = Objects.requireNonNull(shapeA.get(fact.axisA()));
        var b = Objects.requireNonNull(shapeB.get(fact.axisB()));
        if (equal.join(a, b)) checks.add(new Check(node, fact, size(a), size(b), known(shapeA), known(shapeB)));
    }

    private void add(Node node, int axis, Sizes sizes) {
        var shape = sizes.shape(node.arg(0));
        if (!shape.contains(null)) filled.add(new Filled(node, size(Objects.requireNonNull(shape.get(axis))), known(shape)));
    }

    private static List<Expr> known(List<@Nullable Expr> shape) { return shape.stream().map(Objects::requireNonNull).toList(); }

    private Size size(Expr e) {
        var constant = e.constantLong();
        if (constant.isPresent()) return new Size.Fixed(constant.getAsLong());
        var input = e.node().op() instanceof Length(var _) ? places.get(e.node().arg(0)) : null;
        if (input != null && e.node().op() instanceof Length(var axis)) return new Size.Along(input, axis);
        computed.add(e);
        return new Size.Computed(computed.size() - 1);
    }

    /// Whether there is nothing to check.
    boolean isEmpty() { return checks.isEmpty() && filled.isEmpty(); }

    /// Throws where two sizes differ that must agree, or one is 0 that must not be.
    ///
    /// @param values one per input
    void check(List<NDArray> values) {
        if (isEmpty()) return;
        var before = passed;
        if (before != null && before.areOf(values)) return;
        checkAll(values);
        if (ofShapes) passed = Kinds.of(values);
    }

    /// Whether what passed once passes for all values of those shapes.
    boolean areOfShapes() { return ofShapes; }

    /// The same for values of shapes that were checked before.
    void checkAgain(List<NDArray> values) {
        if (!ofShapes) check(values);
    }

    private void checkAll(List<NDArray> values) {
        var sizes = computed.isEmpty() ? List.<NDArray>of() : Graph.eval(computed, bound(values));
        for (var check : checks)
            if (at(check.a, values, sizes) != at(check.b, values, sizes))
                throw check.fact.mismatch(check.node, shape(check.shapeA, values), shape(check.shapeB, values));
        for (var some : filled)
            if (at(some.size, values, sizes) == 0)
                throw Extremum.empty(some.node.op().name(), some.node.arg(0).type().dtype()
                    + shape(some.shape, values).toString(), some.node.origin());
    }

    private static long at(Size size, List<NDArray> values, List<NDArray> computed) {
        return switch (size) {
            case Size.Fixed(var fixed) -> fixed;
            case Size.Along(var input, var axis) -> values.get(input).shape().dim(axis);
            case Size.Computed(var index) -> computed.get(index).toLong();
        };
    }

    private Shape shape(List<Expr> dims, List<NDArray> values) {
        return Shape.of(Graph.eval(dims, bound(values)).stream().mapToInt(dim -> (int) dim.toLong()).toArray());
    }

    private Map<Expr, NDArray> bound(List<NDArray> values) {
        var bound = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < values.size(); i++) bound.put(inputs.get(i), values.get(i));
        return bound;
    }

    /// Classes of equal sizes: a forest.
    private static final class Equal {
        private final Map<Expr, Expr> parents = new IdentityHashMap<>();

        /// Whether that was not known yet.
        boolean join(Expr a, Expr b) {
            var rootA = root(a);
            var rootB = root(b);
            if (rootA == rootB) return false;
            parents.put(rootA, rootB);
            return true;
        }

        private Expr root(Expr e) {
            var at = e;
            for (var next = parents.get(at); next != null; next = parents.get(at)) at = next;
            for (var step = e; step != at; ) {
                var next = Objects.requireNonNull(parents.put(step, at));
                step = next;
            }
            return at;
        }
    }
}

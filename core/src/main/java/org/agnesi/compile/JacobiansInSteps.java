package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.agnesi.derive.Jacobian;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Length;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Reshape;
import org.agnesi.op.Scan;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;

/// Moves Jacobians that are made before a loop, and only multiply vectors in it, into its steps: there each product is a sweep,
/// and no matrix is made. What all sweeps have in common leaves the loop later.
///
/// Where there surely are more steps than columns the matrix is made, once.
final class JacobiansInSteps {
    private static final int DEEPEST = 8;

    private final ReopenedLoop loop;
    private final Set<Expr> derived = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expr> made = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Expr> inside = new IdentityHashMap<>();
    private final Map<Expr, Expr> given = new IdentityHashMap<>();

    private JacobiansInSteps(Node node) { loop = new ReopenedLoop(node); }

    static List<Expr> of(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        boolean none = nodes.stream().noneMatch(node -> node.op() instanceof Jacobian);
        return none ? roots : LoopPass.each(roots, node -> new JacobiansInSteps(node).results(node));
    }

    private List<Expr> results(Node node) {
        for (var inner : Graph.inOrder(loop.captured().values(), JacobiansInSteps::isOpened)) classify(inner);
        var replaced = new IdentityHashMap<Expr, Expr>();
        loop.captured().forEach((param, matrix) -> {
            if (derives(matrix)) replaced.put(param, matrix);
        });
        if (replaced.isEmpty() || !areMultiplied(loop.body(), replaced.keySet())) return node.results();
        Graph.inOrder(replaced.values(), JacobiansInSteps::isOpened).forEach(inner -> inside(inner.result(0)));   // args first
        replaced.replaceAll((_, matrix) -> inside(matrix));
        return loop.with(replaced);
    }

    /// Whether it is a matrix, or a flat one, made of others, or a size.
    private static boolean isOpened(Node node) {
        return node.op() instanceof Length
            || isLinear(node) && (node.types().getFirst().rank() >= 2 || node.op() instanceof Reshape);
    }

    private void classify(Node node) {
        if (!isLinear(node)) return;
        if (node.args().stream().anyMatch(this::derives)) derived.add(node.result(0));
        if (node.args().stream().anyMatch(this::isMade)) made.add(node.result(0));
    }

    /// Whether it is a matrix made of Jacobians, for which few steps multiply vectors.
    private boolean derives(Expr e) {
        return derived.contains(e) || e.node().op() instanceof Jacobian && e.type().rank() >= 2 && isWorth(e.node());
    }

    private boolean isWorth(Node jacobian) {
        var steps = loop.steps().constantLong();
        var columns = jacobian.arg(0).type().dims().stream().mapToLong(d -> d).reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
        return steps.isEmpty() || columns < 0 || steps.getAsLong() <= columns;
    }

    private static boolean isLinear(Node node) {
        var op = node.op();
        return !node.signs().isEmpty() || node.isProduct() || op instanceof Contract || op instanceof DimShuffle
            || op instanceof BroadcastTo || op instanceof Reshape;
    }

    /// Whether what the steps make of these matrices are products with vectors, in loops of their own too.
    private static boolean areMultiplied(Lambda body, Collection<Expr> params) {
        Set<Expr> matrices = Collections.newSetFromMap(new IdentityHashMap<>());
        matrices.addAll(params);
        for (var node : Graph.inOrder(body.results())) {
            if (node.op() instanceof Length || node.args().stream().noneMatch(matrices::contains)) continue;
            if (node.op() instanceof Scan scan) {
                if (!areMultiplied(scan, node, matrices)) return false;
                continue;
            }
            boolean sums = node.op() instanceof Contract || node.op() instanceof Sum;
            if (node.types().getFirst().rank() < 2 ? !sums : !isLinear(node)) return false;
            if (node.types().getFirst().rank() >= 2) matrices.add(node.result(0));
        }
        return body.results().stream().noneMatch(matrices::contains);
    }

    private static boolean areMultiplied(Scan scan, Node node, Set<Expr> matrices) {
        var params = new ArrayList<Expr>();
        for (int k = 0; k < scan.spec().captures(); k++)
            if (matrices.contains(node.arg(scan.spec().capture(k)))) params.add(scan.body().params().get(scan.spec().captured(k)));
        return params.size() == node.args().stream().filter(matrices::contains).count() && areMultiplied(scan.body(), params);
    }

    /// Whether it is made of Jacobians, or of fewer numbers than it has elements, as I is.
    private boolean isMade(Expr e) {
        var node = e.node();
        return made.contains(e) || e.type().rank() >= 2 && !node.args().isEmpty()
            && (node.op() instanceof Jacobian || node.args().stream().allMatch(arg -> arg.type().rank() < 2));
    }

    /// The same as it is made in a step, of what is the same at all steps.
    private Expr inside(Expr e) {
        if (!isMade(e)) return given(e);
        var known = inside.get(e);
        if (known != null) return known;
        inside.put(e, on(e, made.contains(e) ? this::inside : this::given));
        return inside.get(e);
    }

    /// The same as the steps take it; of sizes it is known there whose they are.
    private Expr given(Expr e) {
        var known = given.get(e);
        if (known != null) return known;
        given.put(e, e.node().op() instanceof Constant ? e : isSize(e, DEEPEST) ? size(e) : loop.captured(e));
        return given.get(e);
    }

    private Expr size(Expr e) {
        return e.node().op() instanceof Length(int axis) ? length(Length.traced(e.node().arg(0), axis)) : on(e, this::given);
    }

    private Expr length(Expr size) { return size.node().op() instanceof Length ? on(size, this::inside) : given(size); }

    private static Expr on(Expr e, UnaryOperator<Expr> args) {
        return e.node().with(e.node().args().stream().map(args).toList()).result(e.index());
    }

    /// Whether it is a size, or made of such, as whether two are equal is.
    static boolean isSize(Expr e, int depth) {
        var node = e.node();
        return depth > 0 && (node.op() instanceof Constant || node.op() instanceof Length || e.type().rank() == 0
            && !e.type().dtype().isFloating() && !node.args().isEmpty() && node.args().stream().allMatch(arg -> isSize(arg, depth - 1)));
    }
}

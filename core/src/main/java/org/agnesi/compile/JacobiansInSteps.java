package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.derive.Jacobian;
import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Reshape;
import org.agnesi.op.Scan;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;

/// Moves Jacobians that are made before a loop, and only multiply vectors in it, into its steps: there each product is a sweep,
/// and no matrix is made. What all sweeps have in common leaves the loop later.
///
/// Where there surely are more steps than columns the matrix is made, once.
final class JacobiansInSteps {
    private static final int DEEPEST = 8;

    private final ReopenedLoop loop;
    private final Map<Expr, Expr> inside = new IdentityHashMap<>();

    private JacobiansInSteps(Node node) { loop = new ReopenedLoop(node); }

    static List<Expr> of(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        boolean none = nodes.stream().noneMatch(node -> node.op() instanceof Jacobian);
        return none ? roots : LoopPass.each(roots, node -> new JacobiansInSteps(node).results(node));
    }

    private List<Expr> results(Node node) {
        var replaced = new IdentityHashMap<Expr, Expr>();
        loop.captured().forEach((param, matrix) -> {
            if (derives(matrix, DEEPEST)) replaced.put(param, matrix);
        });
        if (replaced.isEmpty() || !areMultiplied(loop.body(), replaced.keySet())) return node.results();
        replaced.replaceAll((_, matrix) -> inside(matrix, DEEPEST));
        return loop.with(replaced);
    }

    /// Whether it is a matrix made of Jacobians, for which few steps multiply vectors.
    private boolean derives(Expr e, int depth) {
        var node = e.node();
        if (depth == 0 || e.type().rank() < 2 && !(node.op() instanceof Reshape)) return false;
        return node.op() instanceof Jacobian ? isWorth(node)
            : isLinear(node.op()) && node.args().stream().anyMatch(arg -> derives(arg, depth - 1));
    }

    private boolean isWorth(Node jacobian) {
        var steps = loop.steps().constantLong();
        var columns = jacobian.arg(0).type().dims().stream().mapToLong(d -> d).reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
        return steps.isEmpty() || columns < 0 || steps.getAsLong() <= columns;
    }

    private static boolean isLinear(Op op) {
        return op instanceof Contract || op instanceof DimShuffle || op instanceof Mul || op instanceof Neg || op instanceof Add
            || op instanceof Sub || op instanceof BroadcastTo || op instanceof Reshape;
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
            if (node.types().getFirst().rank() < 2 ? !sums : !isLinear(node.op())) return false;
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

    /// The same as it is made in a step, of params that are the same at all steps.
    private Expr inside(Expr e, int depth) {
        var known = inside.get(e);
        if (known != null) return known;
        boolean same = e.node().op() instanceof Constant;
        var made = same ? e : isMade(e, depth) || isSize(e, DEEPEST) ? made(e, depth) : loop.captured(e);
        inside.put(e, made);
        return made;
    }

    private Expr made(Expr e, int depth) {
        boolean isJacobian = e.node().op() instanceof Jacobian;
        var args = new ArrayList<Expr>();
        for (var arg : e.node().args()) args.add(inside(arg, isJacobian ? 0 : depth - 1));
        return e.node().with(args).result(e.index());
    }

    /// Whether it is a size of what is there at all steps, or made of such: there it is known whose size it is.
    private static boolean isSize(Expr e, int depth) {
        var node = e.node();
        return depth > 0 && (node.op() instanceof Constant || node.op() instanceof Length || e.type().rank() == 0
            && e.type().dtype().isInteger() && !node.args().isEmpty() && node.args().stream().allMatch(arg -> isSize(arg, depth - 1)));
    }

    /// Whether it is made of Jacobians, or of fewer numbers than it has elements, as I is.
    private static boolean isMade(Expr e, int depth) {
        var node = e.node();
        if (depth <= 0 || node.args().isEmpty()) return false;
        if (e.type().rank() < 2) return node.op() instanceof Reshape && isMade(node.arg(0), depth - 1);
        boolean thin = node.args().stream().allMatch(arg -> arg.type().rank() < 2);
        return thin || node.op() instanceof Jacobian || isLinear(node.op()) && node.args().stream().anyMatch(arg -> isMade(arg, depth - 1));
    }
}

package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.derive.Jacobian;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Cut;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.OneHot;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Scan;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.Push;
import org.jspecify.annotations.Nullable;

/// A loop over one-hot vectors is a Jacobian: `scan(arange(n), i -> grad(y.get(i), x))`.
///
/// Where a step sees its number only as the place of a one in a vector of zeros, and its result is linear in that vector,
/// `L(onehot(i))`, the rows are those of the matrix of L: the transpose of `jacobian(L(s), s)`. So its products are L and
/// L's pull, though the loop was written row by row.
///
/// @param simplify brings a graph to its normal form
public record OneHotLoops(Pass simplify, Strictness strictness) implements Pass {
    private static final int DEEPEST = 8;

    @Override public String name() { return "loops over one-hot vectors"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var nodes = Graph.inOrder(roots);
        if (!strictness.allows(RuleClass.STRUCTURAL) || nodes.stream().noneMatch(node -> isLoop(node))) return roots;
        Map<Expr, Expr> done = new IdentityHashMap<>();
        for (var node : nodes) {
            var mapped = node.map(done::get);
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), mapped.result(k));
            var matrix = isLoop(mapped) ? Origin.inherit(node.origin(), () -> matrix(mapped, (Scan) mapped.op())) : null;
            if (matrix == null) continue;
            trace.fired("jacobian-by-rows", mapped.result(0), matrix);
            done.put(node.result(0), matrix);
        }
        return roots.stream().map(done::get).toList();
    }

    /// One result per number of the step, and nothing carried from step to step.
    private static boolean isLoop(Node node) {
        return node.op() instanceof Scan scan && node.size() == 1 && scan.spec().states() == 0 && !scan.spec().until()
            && scan.spec().sequences() == 1 && node.arg(scan.spec().sequence(0)).node().op() instanceof Arange
            && scan.spec().sequenceTaps().equals(List.of(List.of(0))) && node.types().getFirst().dtype().isFloating();
    }

    private @Nullable Expr matrix(Node node, Scan scan) {
        var number = scan.body().params().get(scan.spec().element(0));
        var body = simplify.run(Graph.replace(scan.body().results(), captured(node, scan)), new Trace());
        var places = Graph.inOrder(body).stream().filter(inner -> isOneHot(inner, number)).map(inner -> inner.result(0)).toList();
        if (places.isEmpty() || places.stream().map(Expr::type).distinct().count() > 1) return null;
        var seed = Variable.variable("s", places.getFirst().type());
        var seeds = new IdentityHashMap<Expr, Expr>();
        places.forEach(place -> seeds.put(place, seed));
        var row = Graph.replace(body, seeds).getFirst();
        var n = simplify.run(List.of(places.getFirst().length(0), node.arg(0)), new Trace());
        boolean fits = !isUsed(row, number) && Same.structure(n.get(0), n.get(1), DEEPEST);
        return fits && isLinear(row, seed) ? jacobian(node, row, seed, n.get(0)) : null;
    }

    /// What the body's params stand for outside.
    private static Map<Expr, Expr> captured(Node node, Scan scan) {
        var outside = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < scan.spec().captures(); k++) {
            int arg = scan.spec().capture(k);
            scan.spec().params(arg).stream().forEach(p -> outside.put(scan.body().params().get(p), node.arg(arg)));
        }
        return outside;
    }

    /// Zeros with a one at the place that the step's number says.
    private static boolean isOneHot(Node node, Expr number) {
        return switch (node.op()) {
            case PutSlice(var cuts, var _) -> cuts.equals(List.of(new Cut.One(Cut.GIVEN))) && node.arg(2) == number
                && Uniform.valueOf(node.arg(0)) == 0 && Uniform.valueOf(node.arg(1)) == 1;
            case OneHot _ -> node.arg(0) == number;
            default -> false;
        };
    }

    private static boolean isUsed(Expr e, Expr x) { return Graph.inOrder(List.of(e)).contains(x.node()); }

    /// Linear where its derivative does not depend on the place where it is taken, and nothing comes out of zeros.
    private boolean isLinear(Expr row, Expr seed) {
        if (!isUsed(row, seed) || !AtZero.vanishes(row, seed)) return false;
        var tangent = Variable.variable("t", seed.type());
        var moved = Push.push(List.of(row), List.of(seed), List.of(tangent)).getFirst();
        return moved != null && !isUsed(simplify.run(List.of(moved), new Trace()).getFirst(), seed);
    }

    private static @Nullable Expr jacobian(Node node, Expr row, Expr seed, Expr n) {
        var closure = Lambda.close(List.of(seed), List.of(row));
        var in = new ArrayList<Expr>(List.of(BroadcastTo.broadcastTo(Constant.of(0, seed.type().dtype()), List.of(n))));
        in.addAll(closure.captured());
        var columns = Expr.of(new Jacobian(closure.lambda(), false), in);
        int rank = row.type().rank();
        var rows = DimShuffle.dimshuffle(columns, IntStream.rangeClosed(0, rank).map(d -> d == 0 ? rank : d - 1).toArray());
        return rows.type().refines(node.types().getFirst()) ? rows : null;
    }
}

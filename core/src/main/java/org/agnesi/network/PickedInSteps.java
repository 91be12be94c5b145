package org.agnesi.network;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.View;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Work;
import org.agnesi.op.Constant;
import org.agnesi.op.Gather;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Makes a matrix in the steps of a loop over chunks where each of them picks some of its rows or columns: `W + W.T`, `A[1:]` and
/// scaled rows are made as they are picked, and none is there as a whole.
final class PickedInSteps {
    private final ReopenedLoop loop;
    private final Map<Expr, Expr> inside = new IdentityHashMap<>();

    private PickedInSteps(ReopenedLoop loop) { this.loop = loop; }

    /// What a loop collects, or the same of one that makes such matrices in its steps.
    static Expr of(Expr collected) {
        var loop = new ReopenedLoop(collected.node());
        var steps = new PickedInSteps(loop);
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (var param : steps.picked())
            if (isMade(loop.captured().get(param))) replaced.put(param, loop.captured().get(param));
        replaced.replaceAll((_, matrix) -> steps.inside(matrix));
        return replaced.isEmpty() ? collected : loop.with(replaced).get(collected.index());
    }

    /// What is the same at all steps and of which they pick parts, and nothing else.
    private Set<Expr> picked() {
        var picked = new IdentityHashMap<Expr, Boolean>();
        for (var node : Graph.inOrder(loop.body().results())) for (int k = 0; k < node.args().size(); k++) {
            boolean isPicked = node.op() instanceof Gather && k == 0;
            if (loop.captured().containsKey(node.arg(k))) picked.merge(node.arg(k), isPicked, Boolean::logicalAnd);
        }
        loop.body().results().forEach(picked::remove);
        picked.values().removeIf(only -> !only);
        return picked.keySet();
    }

    private static boolean isMade(Expr e) { return e.type().rank() >= 2 && isCheap(e.node()); }

    /// Whether an element is moved, or takes some arithmetic.
    private static boolean isCheap(Node node) {
        return node.size() == 1 && switch (node.lowering()) {
            case Pointwise(var body) -> Scalars.inOrder(List.of(body)).stream().noneMatch(Work::isElementary);
            case View _ -> true;
            case Lowering _ -> false;
        };
    }

    private Expr inside(Expr matrix) {
        for (var node : Graph.inOrder(List.of(matrix), node -> isMade(node.result(0))))
            inside.put(node.result(0), node.with(node.args().stream().map(this::given).toList()).result(0));
        return given(matrix);
    }

    /// What is made inside, or comes from outside.
    private Expr given(Expr e) {
        return inside.computeIfAbsent(e, _ -> e.node().op() instanceof Constant ? e : loop.captured(e));
    }
}

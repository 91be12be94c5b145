package org.agnesi.compile;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Lets the steps of a loop know what they go through when it is the same at all of them, to be computed with once: the gradient of a sum
/// over steps goes through the sum's cotangent, repeated.
final class RepeatedElements {
    private RepeatedElements() {}

    static List<Expr> of(List<Expr> roots) { return LoopPass.each(roots, RepeatedElements::results); }

    private static List<Expr> results(Node node) {
        var loop = new ReopenedLoop(node);
        var spec = loop.spec();
        var replaced = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < spec.sequences(); k++) {
            var row = row(node.arg(spec.sequence(k)), loop);
            boolean isOneEach = spec.sequenceTaps().get(k).equals(List.of(0)) && spec.offset(k) == 0;
            if (row != null && isOneEach) replaced.put(loop.body().params().get(spec.element(k)), row);
        }
        return replaced.isEmpty() ? node.results() : loop.with(replaced);
    }

    /// What is repeated as often as there are steps, which no loop has to find too few of then.
    private static @Nullable Expr row(Expr rows, ReopenedLoop loop) {
        if (!(rows.node().op() instanceof BroadcastTo) || !loop.isSteps(rows.node().arg(1))) return null;
        var one = rows.node().arg(0);
        int rank = rows.type().rank();
        if (one.type().rank() == rank && one.type().dim(0) != 1) return null;
        var row = one.type().rank() < rank ? one : DimShuffle.dimshuffle(one, IntStream.range(1, rank).toArray());
        return BroadcastTo.broadcastTo(row, rows.node().args().subList(2, rank + 1));
    }
}

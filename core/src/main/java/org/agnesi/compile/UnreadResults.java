package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Leaves out of loops over steps what they collect and nobody reads, and the states that only this needs.
final class UnreadResults {
    private final Set<Expr> read = Collections.newSetFromMap(new IdentityHashMap<>());

    private UnreadResults() {}

    static List<Expr> of(List<Expr> roots) {
        if (!Graph.hasOp(roots, op -> op instanceof Scan)) return roots;
        var results = new UnreadResults();
        results.read.addAll(roots);
        for (var node : Graph.inOrder(roots)) results.read.addAll(node.args());
        return LoopPass.each(roots, results::left);
    }

    /// The loop's results; an unread one may be that of the old loop, which nobody runs then.
    private List<Expr> left(Node old, Node node) {
        if (read.containsAll(old.results())) return node.results();
        var loop = new ReopenedLoop(node, k -> read.contains(old.result(k)));
        int states = loop.spec().states();
        var kept = new ArrayList<Expr>();
        for (int j = 0; j < loop.collected().size(); j++) if (read.contains(old.result(states + j))) kept.add(loop.collected().get(j));
        var built = loop.close(Map.of(), kept);
        boolean fewer = kept.size() < loop.collected().size() || built.states().contains(null);
        if (!fewer || kept.isEmpty() && built.states().isEmpty()) return node.results();
        var results = new ArrayList<>(node.results());
        for (int k = 0; k < states; k++) if (built.states().get(k) instanceof Expr state) results.set(k, state);
        for (int j = 0, next = 0; j < loop.collected().size(); j++)
            if (read.contains(old.result(states + j))) results.set(states + j, built.collected().get(next++));
        if (built.executed() != null) results.set(results.size() - 1, built.executed());
        return results;
    }
}

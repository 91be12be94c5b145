package org.agnesi.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.agnesi.op.Cut;
import org.agnesi.op.Length;
import org.agnesi.op.Scan;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Takes states from another loop over the same steps, which has them all, instead of making them again: a tangent that waits for what
/// the loop gave goes through the loop's states.
///
/// Loops that do not wait for each other are merged where that is worth it.
final class FoundStates {
    /// Loops with which another is compared.
    private static final int TRIED = 4;

    /// What loops have in common that may have states in common.
    private record Start(Expr count, boolean backwards, Expr initial, List<Integer> taps) {}

    /// Which states a loop finds, and whose results they are.
    private record Found(BitSet states, Map<Integer, Expr> rows) {}

    private final Lowerings lowerings = new Lowerings(false, () -> false);
    private final Set<Expr> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Node, Found> found = new IdentityHashMap<>();
    private final Map<Expr, Expr> rebuilt = new IdentityHashMap<>();

    private FoundStates() {}

    static List<Expr> of(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().filter(node -> node.op() instanceof Scan).limit(2).count() < 2) return roots;
        var states = new FoundStates();
        states.seek(roots, nodes);
        return states.found.isEmpty() ? roots : LoopPass.each(roots, states::results);
    }

    private void seek(List<Expr> roots, List<Node> nodes) {
        stored.addAll(roots);
        for (var node : nodes) if (!readsLast(node)) stored.addAll(node.args());
        var earlier = new HashMap<Start, List<Node>>();
        for (var node : nodes) {
            if (!(node.op() instanceof Scan scan) || !SplitLoops.mayPart(scan)) continue;
            var spec = scan.spec();
            var starts = new LinkedHashSet<Start>();
            for (int k = 0; k < spec.states(); k++)
                starts.add(new Start(node.arg(0), spec.backwards(), node.arg(spec.initial(k)), spec.stateTaps().get(k)));
            var others = new LinkedHashSet<Node>();   // Node compares by identity
            for (var start : starts) others.addAll(earlier.getOrDefault(start, List.of()));
            others.stream().filter(other -> isPure((Scan) other.op())).limit(TRIED)
                .map(other -> found(other, node)).filter(Objects::nonNull).findFirst().ifPresent(states -> found.put(node, states));
            for (var start : starts) earlier.computeIfAbsent(start, _ -> new ArrayList<>()).add(node);
        }
    }

    /// Whether its steps do nothing but compute: it may run before a choice then, on one side of which it was.
    private boolean isPure(Scan scan) {
        return Graph.inOrder(scan.body().results()).stream().allMatch(inner -> inner.args().isEmpty() || lowerings.isPure(inner));
    }

    private static boolean readsLast(Node node) {
        return node.op() instanceof Length || node.op() instanceof Slice(var cuts)
            && cuts.getFirst() instanceof Cut.One(Cut.Edge.Fixed(var position)) && position == -1;
    }

    /// What a loop carries that another, which does not wait for it, carries too; null where steps would not multiply less.
    ///
    /// A loop that stores no rows as large does not come to, but where it goes back: it goes through such rows anyway.
    private @Nullable Found found(Node other, Node node) {
        var scan = (Scan) node.op();
        var both = new JoinedLoops(List.of(other, node));
        var rows = new HashMap<Integer, Expr>();
        for (int j = 0; j < ((Scan) other.op()).spec().states(); j++)
            if (scan.spec().backwards() || stores(other, other.result(j).type().rank()))
                rows.putIfAbsent(both.state(0, j), other.result(j));
        var states = new BitSet();
        var own = new HashMap<Integer, Expr>();
        for (int k = 0; k < scan.spec().states(); k++) if (rows.get(both.state(1, k)) instanceof Expr e) {
            states.set(k);
            own.put(k, e);
        }
        return states.isEmpty() || !SplitLoops.isWorth(scan, states, lowerings) ? null : new Found(states, own);
    }

    private boolean stores(Node loop, int rank) {
        return loop.results().stream().anyMatch(rows -> rows.type().rank() >= rank && stored.contains(rows));
    }

    private List<Expr> results(Node old, Node node) {
        var results = node.results();
        if (found.get(old) instanceof Found(var states, var rows)) {
            var own = new HashMap<Integer, Expr>();
            rows.forEach((k, e) -> own.put(k, Objects.requireNonNull(rebuilt.get(e))));
            results = SplitLoops.rest(node, (Scan) node.op(), states, own);
        }
        for (int k = 0; k < old.size(); k++) rebuilt.put(old.result(k), results.get(k));
        return results;
    }
}

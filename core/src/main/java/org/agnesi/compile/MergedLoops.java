package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Saving;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Interner;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.TensorType;

/// Makes one loop of loops over the same steps whose steps do some work in common, and carries and collects once in a loop what is
/// the same.
///
/// Loops as deep in the graph as each other do not wait for each other: so they can become one, and more of them at a time.
final class MergedLoops {
    /// Ops of a step above which loops stay apart: each may be a task of its own, and there is a most of these in one program.
    private static final int MOST = 2 * StepProgram.MOST;

    /// Loops with which another is compared.
    private static final int TRIED = 8;

    /// What loops that become one have in common, derivatives among it.
    private record Steps(Expr count, boolean backwards, boolean until, int window, Saving saving, boolean again) {
        static Steps of(Node node) {
            var scan = (Scan) node.op();
            return new Steps(node.arg(0), scan.spec().backwards(), scan.spec().until(), scan.window(), scan.saving(), scan.again());
        }
    }

    private final Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
    private final Interner interner = new Interner();
    private final Lowerings lowerings = new Lowerings(false, () -> false);

    private MergedLoops() {}

    static List<Expr> of(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().noneMatch(node -> node.op() instanceof Scan)) return roots;
        var merged = new MergedLoops();
        merged.run(nodes);
        return roots.stream().map(merged.rebuilt::get).toList();
    }

    /// Loops in the order of how many are above each other, what is between them right after those it needs.
    private void run(List<Node> nodes) {
        var places = new IdentityHashMap<Node, Integer>();
        for (var node : nodes) {
            int last = node.args().stream().mapToInt(arg -> places.get(arg.node())).max().orElse(0);
            places.put(node, node.op() instanceof Scan ? 2 * (last / 2 + 1) : last | 1);
        }
        var loops = new ArrayList<Node>();
        for (var node : nodes.stream().sorted(Comparator.comparing(places::get)).toList()) {
            if (!loops.isEmpty() && !places.get(node).equals(places.get(loops.getFirst()))) alike(loops);
            if (node.op() instanceof Scan) loops.add(node);
            else put(node, moved(node).results());
        }
        if (!loops.isEmpty()) alike(loops);
    }

    private Node moved(Node node) { return interner.first(Origin.inherit(node.origin(), () -> node.map(rebuilt::get))); }

    private void put(Node node, List<Expr> results) {
        for (int k = 0; k < node.size(); k++) rebuilt.put(node.result(k), results.get(k));
    }

    /// Merges what can be merged of loops that do not wait for each other, and forgets them.
    private void alike(List<Node> loops) {
        var alike = new LinkedHashMap<Steps, Map<Node, List<Node>>>();   // Expr and Node compare by identity
        for (var loop : loops) {
            var moved = moved(loop);
            if (!mayMerge((Scan) moved.op()) || hasBudget(moved)) put(loop, moved.results());
            else alike.computeIfAbsent(Steps.of(moved), _ -> new LinkedHashMap<>())
                .computeIfAbsent(moved, _ -> new ArrayList<>()).add(loop);
        }
        for (var group : alike.values()) for (var merged : merged(group.keySet())) {
            var all = results(merged);
            for (int i = 0; i < all.size(); i++) for (var loop : group.get(merged.loops().get(i))) put(loop, all.get(i));
        }
        loops.clear();
    }

    /// One without states becomes a batch or a Jacobian, and one whose states are updates is asked for them by their places.
    private static boolean mayMerge(Scan scan) {
        return scan.spec().states() > 0 && scan.updates() == 0 && scan.spec().lasts().isEmpty();
    }

    /// Whether a loop is gone through again within a number of bytes, or goes back through one that is. Two would hold more than each:
    /// so a budget that is enough for each would not be for both. One after the other, each has its own.
    private static boolean hasBudget(Node loop) {
        if (((Scan) loop.op()).again() && ((Scan) loop.op()).saving() instanceof Saving.Within) return true;
        return loop.args().stream().map(ReplayLoops::states)
            .anyMatch(states -> states != null && ((Scan) states.node().op()).saving() instanceof Saving.Within);
    }

    private List<JoinedLoops> merged(Set<Node> loops) {
        var merged = new ArrayList<JoinedLoops>();
        for (var loop : loops) {
            var own = new JoinedLoops(List.of(loop));
            int tried = 0;
            for (int i = 0; i < merged.size() && tried < TRIED && own != null; i++) {
                var other = merged.get(i);
                if (!meets(other, loop)) continue;
                tried++;
                var both = new JoinedLoops(Stream.concat(other.loops().stream(), Stream.of(loop)).toList());
                if (!pays(both)) continue;
                merged.set(i, both);
                own = null;
            }
            if (own != null) merged.add(own);
        }
        return merged;
    }

    /// Whether a loop sees anything that others see.
    private static boolean meets(JoinedLoops others, Node loop) {
        var seen = loop.args().subList(1, loop.args().size());
        return others.loops().stream().flatMap(other -> other.args().stream().skip(1)).anyMatch(seen::contains);
    }

    /// Whether the last of the loops does at its steps some of the work of the others, and no other work is of a higher order, or one
    /// of the two does nothing else.
    private boolean pays(JoinedLoops joined) {
        if (!joined.endTogether()) return false;
        var results = joined.results();
        int last = results.size() - 1;
        var all = work(joined, results.subList(0, last));
        var shared = work(joined, results.subList(last, last + 1));
        int least = Math.min(shared.size(), all.size());
        var own = Set.copyOf(shared);
        shared.retainAll(all);
        all.addAll(own);
        return all.size() <= MOST && !shared.isEmpty() && (shared.size() == least || order(shared) == order(all));
    }

    private int order(Set<Node> work) { return work.stream().mapToInt(this::order).max().orElse(0); }

    /// How many loops inside each other an op is.
    private int order(Node node) {
        if (lowerings.of(node) instanceof Lowering.Contract(var a, var b, _))
            return (int) Stream.concat(a.stream(), b.stream()).distinct().count();
        return Stream.concat(node.args().stream().map(Expr::type), node.types().stream()).mapToInt(TensorType::rank).max().orElse(0);
    }

    /// The ops of a step that compute anything that differs from step to step.
    private Set<Node> work(JoinedLoops joined, List<List<Expr>> results) {
        var same = joined.captures();
        Set<Expr> varying = Collections.newSetFromMap(new IdentityHashMap<>());
        varying.addAll(joined.body().params());
        varying.removeAll(same);
        var work = new HashSet<Node>();   // Node compares by identity
        for (var node : Graph.inOrder(results.stream().flatMap(List::stream).toList())) {
            if (node.args().isEmpty() || lowerings.reads(node).stream().noneMatch(k -> varying.contains(node.arg(k)))) continue;
            varying.addAll(node.results());
            if (!lowerings.moves(node)) work.add(node);
        }
        return work;
    }

    /// Per loop its results, as they were where nothing is the same in them.
    private List<List<Expr>> results(JoinedLoops joined) {
        var loops = joined.loops();
        if (loops.size() == 1 && !joined.isLess()) return List.of(loops.getFirst().results());
        var all = Origin.inherit(loops.getFirst().origin(), joined::joined);
        for (int i = 0; i < loops.size(); i++) for (int k = 0; k < loops.get(i).size(); k++)
            if (!all.get(i).get(k).type().refines(loops.get(i).types().get(k))) return loops.stream().map(Node::results).toList();
        return all;
    }
}

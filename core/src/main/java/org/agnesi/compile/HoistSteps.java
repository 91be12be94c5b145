package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.LoopBuilder;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Vectorize;

/// Moves out of a loop over steps what does not wait for its states: what is the same at all steps is computed once, what
/// needs only elements of sequences is computed for all steps at a time, where a product per step is one product. Loops in the steps move
/// too, where they are the same at all of them.
///
/// Only what is dear moves, and nothing that has a higher rank than what it is made from, or of what differs from step to
/// step than the elements: so a loop that computes matrices one by one from indices, to save memory, goes on doing so. What is
/// cheap is computed where it is used. Of a loop that may end early only what is the same at all steps moves.
final class HoistSteps {
    private final ReopenedLoop loop;
    private final Lowerings lowerings;
    private final Map<Expr, Expr> outside = new IdentityHashMap<>();   // of what is the same at all steps
    private final Set<Expr> moving = set();
    private final Set<Expr> varying = set();
    private final Set<Expr> dear = set();
    private final Map<Expr, Integer> ranks = new IdentityHashMap<>();   // the highest of what it is made from
    private final Map<Expr, Integer> peaks = new IdentityHashMap<>();   // the highest on the way, its own among them
    private final Set<Expr> seen = set();
    private final Set<Expr> leaving = new LinkedHashSet<>();   // Expr compares by identity

    private HoistSteps(Node node, Lowerings lowerings) {
        this.loop = new ReopenedLoop(node);
        this.lowerings = lowerings;
    }

    private static Set<Expr> set() { return Collections.newSetFromMap(new IdentityHashMap<>()); }

    static List<Expr> of(List<Expr> roots) {
        var lowerings = new Lowerings(false, () -> false);
        return LoopPass.each(roots, node -> new HoistSteps(node, lowerings).results(node));
    }

    private List<Expr> results(Node node) {
        outside.putAll(loop.captured());
        outside.putAll(loop.sizes());
        moving.addAll(outside.keySet());
        if (!loop.spec().until()) moving.addAll(loop.elements().keySet());
        if (!loop.spec().until()) varying.addAll(loop.elements().keySet());
        var order = Graph.inOrder(loop.body().results());
        order.forEach(this::classify);
        for (var inner : order) if (!moving.contains(inner.result(0))) inner.args().forEach(this::leave);
        loop.body().results().forEach(this::leave);
        var replaced = new IdentityHashMap<Expr, Expr>();
        var same = leaving.stream().filter(e -> !varying.contains(e)).toList();
        var once = Graph.replace(same, outside);
        for (int k = 0; k < same.size(); k++) replaced.put(same.get(k), once.get(k));
        var rows = batched(node);
        return replaced.isEmpty() && rows.isEmpty() ? node.results() : closed(replaced, rows);
    }

    private void classify(Node node) {
        if (node.args().isEmpty()) {
            if (node.op().isMergeable() && !loop.body().params().contains(node.result(0))) moving.addAll(node.results());
            return;
        }
        if (outside.containsKey(node.result(0)) || !node.args().stream().allMatch(moving::contains)) return;
        if (isPureLoop(node) && node.args().stream().noneMatch(varying::contains)) node.results().forEach(this::moveLoop);
        if (!lowerings.isPure(node)) return;
        var e = node.result(0);
        moving.add(e);
        boolean varies = node.args().stream().anyMatch(varying::contains);
        ranks.put(e, node.args().stream().filter(arg -> !varies || varying.contains(arg))
            .mapToInt(arg -> ranks.getOrDefault(arg, arg.type().rank())).max().orElse(0));
        if (varies) varying.add(e);
        peaks.put(e, Math.max(e.type().rank(), !varies ? 0
            : node.args().stream().filter(varying::contains).mapToInt(arg -> peaks.getOrDefault(arg, 0)).max().orElse(0)));
        if (lowerings.isDear(node) || node.args().stream().anyMatch(dear::contains)) dear.add(e);
    }

    /// A loop in the steps that is the same at all of them: it makes arrays wherever it is.
    private void moveLoop(Expr result) {
        moving.add(result);
        dear.add(result);
        ranks.put(result, result.type().rank());
        peaks.put(result, result.type().rank());
    }

    /// Whether its results come from the arguments alone: it ends, says nothing and changes nothing.
    private boolean isPureLoop(Node node) {
        return node.op() instanceof Scan scan && !scan.spec().until() && scan.updates() == 0 && !scan.again()
            && Graph.inOrder(scan.body().results()).stream().allMatch(inner -> inner.args().isEmpty() && inner.op().isMergeable()
                || scan.body().params().contains(inner.result(0)) || lowerings.isPure(inner) || isPureLoop(inner));
    }

    /// Lets an expression leave, or what it is made from if it has a higher rank than all that.
    private void leave(Expr root) {
        var work = new ArrayList<>(List.of(root));
        while (!work.isEmpty()) {
            var e = work.removeLast();
            if (!dear.contains(e) || !seen.add(e)) continue;
            if (peaks.get(e) <= ranks.get(e)) leaving.add(e);
            else work.addAll(e.node().args());
        }
    }

    /// The rows of what differs from step to step, where they can be told at a time: where no op has to be done in a loop.
    private Map<Expr, Expr> batched(Node node) {
        var differing = leaving.stream().filter(varying::contains).toList();
        if (differing.isEmpty()) return Map.of();
        var rows = Vectorize.batch(Graph.replace(differing, outside), loop.elements(), loop.steps());
        Set<Node> looped = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var inner : Graph.inOrder(rows, one -> node.args().stream().noneMatch(arg -> arg.node() == one)))
            if (inner.op() instanceof Scan || inner.args().stream().map(Expr::node).anyMatch(looped::contains)) looped.add(inner);
        var batched = new LinkedHashMap<Expr, Expr>();   // Expr compares by identity; the order decides that of what the loop takes
        for (int k = 0; k < rows.size(); k++) if (!looped.contains(rows.get(k).node())) batched.put(differing.get(k), rows.get(k));
        return batched;
    }

    private List<Expr> closed(Map<Expr, Expr> replaced, Map<Expr, Expr> rows) {
        rows.forEach((e, all) -> replaced.put(e, loop.through(all)));
        var kept = loop.collected().stream().filter(e -> !rows.containsKey(e)).toList();
        boolean empty = kept.isEmpty() && loop.spec().states() == 0 && !loop.spec().until();
        var built = empty ? new LoopBuilder.Built(List.of(), List.of(), null) : loop.close(replaced, kept);
        var collected = new ArrayList<Expr>();
        int next = 0;
        for (var e : loop.collected()) collected.add(rows.containsKey(e) ? rows.get(e) : built.collected().get(next++));
        return loop.results(built, collected);
    }
}

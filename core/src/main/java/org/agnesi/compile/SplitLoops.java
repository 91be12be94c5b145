package org.agnesi.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Saving;
import org.agnesi.op.Concatenate;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.LoopBuilder;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Makes two of a loop in the steps of another where some of its states are the same at all of these steps, and others are not: what
/// a net's states are is the same for all tangents that conjugate gradients ask for. The first of the two can leave then.
final class SplitLoops {
    private final ReopenedLoop outer;
    private final Lowerings lowerings;
    private final Set<Expr> same = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Expr> rebuilt = new IdentityHashMap<>();

    private SplitLoops(Node node, Lowerings lowerings) {
        this.outer = new ReopenedLoop(node);
        this.lowerings = lowerings;
    }

    static List<Expr> of(List<Expr> roots) {
        var lowerings = new Lowerings(false, () -> false);
        return LoopPass.each(roots, node -> new SplitLoops(node, lowerings).results(node));
    }

    private List<Expr> results(Node node) {
        var order = Graph.inOrder(outer.body().results());
        if (order.stream().noneMatch(inner -> inner.op() instanceof Scan)) return node.results();
        same.addAll(outer.captured().keySet());
        same.addAll(outer.sizes().keySet());
        boolean splits = false;
        for (var inner : order) {
            boolean isConstant = inner.args().isEmpty() && inner.op().isMergeable() && !outer.body().params().contains(inner.result(0));
            if (isConstant || lowerings.isPure(inner) && same.containsAll(inner.args())) same.addAll(inner.results());
            var moved = inner.map(e -> rebuilt.getOrDefault(e, e));
            var split = inner.op() instanceof Scan scan ? split(inner, moved, scan) : null;
            splits |= split != null;
            for (int k = 0; k < inner.size(); k++) rebuilt.put(inner.result(k), split == null ? moved.result(k) : split.get(k));
        }
        return splits ? outer.with(rebuilt) : node.results();
    }

    private @Nullable List<Expr> split(Node node, Node moved, Scan scan) {
        var spec = scan.spec();
        var first = mayPart(scan) && isSame(node.arg(0)) ? first(node, scan) : new BitSet();
        if (first.isEmpty() || first.cardinality() == spec.states() || !isWorth(scan, first, lowerings)) return null;
        first.stream().forEach(k -> same.add(node.result(k)));
        var states = new HashMap<Integer, Expr>();
        var before = new LoopBuilder(spec.backwards());
        given(before, moved, scan);
        for (int k : first.stream().toArray())
            before.state(moved.arg(spec.initial(k)), spec.stateTaps().get(k), params(scan, spec.initial(k)));
        int next = 0;
        for (int k : first.stream().toArray()) before.next(next++, scan.body().results().get(k));
        var built = before.build(moved.arg(0));
        next = 0;
        for (int k : first.stream().toArray()) states.put(k, built.state(next++));
        return rest(moved, scan, first, states);
    }

    /// Whether a loop makes all its steps, and has states as others have them.
    static boolean mayPart(Scan scan) {
        var spec = scan.spec();
        return !spec.until() && scan.updates() == 0 && !scan.again() && scan.window() == 0
            && spec.lasts().isEmpty() && scan.saving() instanceof Saving.All;
    }

    private boolean isSame(Expr e) { return same.contains(e); }

    /// The states that are the same whatever differs from one of the outer steps to another.
    private BitSet first(Node node, Scan scan) {
        var spec = scan.spec();
        var first = new BitSet();
        for (int k = 0; k < spec.states(); k++) if (isSame(node.arg(spec.initial(k)))) first.set(k);
        var needs = scan.body().dependences();
        for (int before = -1; before != first.cardinality(); ) {
            before = first.cardinality();
            var other = new BitSet();
            for (int i = 1; i < spec.arguments(); i++) {
                int k = i - spec.initial(0);
                boolean isState = k >= 0 && k < spec.states();
                if (isState ? !first.get(k) : !isSame(node.arg(i))) other.or(spec.params(i));
            }
            for (int k : first.stream().toArray()) if (needs.get(k).intersects(other)) first.clear(k);
        }
        return first;
    }

    /// Whether steps multiply for these states, and do nothing but compute.
    static boolean isWorth(Scan scan, BitSet first, Lowerings lowerings) {
        var order = Graph.inOrder(first.stream().mapToObj(scan.body().results()::get).toList());
        return order.stream().anyMatch(inner -> lowerings.of(inner) instanceof Lowering.Contract)
            && order.stream().allMatch(inner -> inner.args().isEmpty() || lowerings.isPure(inner));
    }

    private static List<Expr> params(Scan scan, int arg) {
        return scan.spec().params(arg).stream().mapToObj(scan.body().params()::get).toList();
    }

    private static void given(LoopBuilder loop, Node node, Scan scan) {
        var spec = scan.spec();
        for (int k = 0; k < spec.sequences(); k++)
            loop.sequence(node.arg(spec.sequence(k)), spec.sequenceTaps().get(k), params(scan, spec.sequence(k)));
        for (int k = 0; k < spec.captures(); k++)
            loop.capture(node.arg(spec.capture(k)), scan.body().params().get(spec.captured(k)));
    }

    /// The loop that goes through the states that are there.
    ///
    /// @param first  the states that are
    /// @param states their rows
    static List<Expr> rest(Node node, Scan scan, BitSet first, Map<Integer, Expr> states) {
        var spec = scan.spec();
        var loop = new LoopBuilder(spec.backwards());
        given(loop, node, scan);
        var own = new ArrayList<Integer>();
        for (int k = 0; k < spec.states(); k++) {
            var initial = node.arg(spec.initial(k));
            var taps = spec.stateTaps().get(k);
            if (!first.get(k)) {
                loop.state(initial, taps, params(scan, spec.initial(k)));
                loop.next(own.size(), scan.body().results().get(k));
                own.add(k);
            } else {
                int depth = spec.depth(k);
                var places = spec.backwards() ? List.of(1) : taps.stream().map(tap -> tap + depth).toList();
                var rows = joined(initial, Objects.requireNonNull(states.get(k)), spec, k);
                loop.sequence(rows, places, params(scan, spec.initial(k)));
            }
        }
        scan.body().results().subList(spec.states(), spec.states() + spec.collected()).forEach(loop::collect);
        var built = loop.build(node.arg(0));
        var all = new ArrayList<Expr>();
        for (int k = 0; k < spec.states(); k++) all.add(states.get(k) instanceof Expr e ? e : built.state(own.indexOf(k)));
        all.addAll(built.collected());
        return all;
    }

    /// All a state is, before the first step too: the first step is at the last place where a loop goes backwards.
    private static Expr joined(Expr initial, Expr states, LoopSpec spec, int k) {
        var first = spec.stacked(k) ? initial : DimShuffle.expandDims(initial, 0);
        return Concatenate.concatenate(spec.backwards() ? List.of(states, first) : List.of(first, states), 0);
    }
}

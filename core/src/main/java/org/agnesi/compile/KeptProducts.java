package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Reduce;
import org.agnesi.kernel.Saving;
import org.agnesi.op.LastRow;
import org.agnesi.op.ReopenedLoop;
import org.agnesi.op.Scan;
import org.agnesi.rewrite.Merge;
import org.agnesi.rewrite.Trace;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Keeps what the steps of a loop multiply or add up where another loop goes through its states and makes the same of them again,
/// as the one that a gradient goes back by does: `dot(W, h)` of all steps is there as `h` is.
///
/// Nothing of a higher rank than the states is kept; they are stored for that other loop too.
final class KeptProducts {
    private final Lowerings lowerings = new Lowerings(false, () -> false);
    private final Map<Node, Set<Expr>> kept = new LinkedHashMap<>();   // per loop, of its steps; Node and Expr compare by identity
    private final Map<Node, Map<Expr, Kept>> again = new IdentityHashMap<>();
    private final Map<Kept, Expr> rows = new HashMap<>();

    /// What a loop's steps keep.
    private record Kept(Node loop, Expr of) {}

    private KeptProducts() {}

    static List<Expr> of(List<Expr> roots) {
        if (!Graph.hasOp(roots, op -> op instanceof Scan)) return roots;
        var products = new KeptProducts();
        for (var node : Graph.inOrder(roots)) if (node.op() instanceof Scan) products.seek(node);
        return products.kept.isEmpty() ? roots : LoopPass.each(roots, products::results);
    }

    private static LoopSpec spec(Node loop) { return ((Scan) loop.op()).spec(); }

    private static List<Expr> params(Node loop) { return ((Scan) loop.op()).body().params(); }

    private static List<Expr> steps(Node loop) { return ((Scan) loop.op()).body().results(); }

    // what is made again

    private void seek(Node loop) {
        var sources = new LinkedHashSet<Node>();
        for (int k = 0; k < spec(loop).sequences(); k++)
            if (states(loop, k) instanceof Expr states && keeps(states.node(), loop)) sources.add(states.node());
        for (var source : sources) seek(source, loop);
    }

    /// The states of a loop that a sequence is behind the initial ones.
    private static @Nullable Expr states(Node loop, int sequence) {
        var join = loop.arg(spec(loop).sequence(sequence)).node();
        if (join.args().isEmpty()) return null;
        var last = join.args().getLast();
        boolean isOfSteps = last.node().op() instanceof Scan scan && !scan.spec().backwards()
            && last.index() < scan.spec().states() && join.args().size() == 2;
        return isOfSteps && LastRow.isJoined(join, last, false) ? last : null;
    }

    private static boolean keeps(Node source, Node loop) {
        var scan = (Scan) source.op();
        var executed = scan.spec().until() ? source.results().getLast() : source.arg(0);
        var made = loop.arg(0).constantLong();
        return !scan.again() && scan.saving() instanceof Saving.All && scan.updates() == 0 && scan.spec().lasts().isEmpty()
            && (executed == loop.arg(0) || made.isPresent() && made.equals(executed.constantLong()));
    }

    private void seek(Node source, Node loop) {
        var same = same(source, loop);
        var states = params(source).subList(spec(source).previous(0), spec(source).captured(0)).stream().filter(same::containsKey).toList();
        var here = sums(steps(source), states);
        var there = sums(steps(loop), params(loop));
        if (here.isEmpty() || there.isEmpty()) return;
        var merged = new Merge().run(Stream.concat(Graph.replace(here, same).stream(), there.stream()).toList(), new Trace());
        var alike = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < here.size(); k++) alike.putIfAbsent(merged.get(k), here.get(k));
        var found = new IdentityHashMap<Expr, Expr>();
        for (int k = 0; k < there.size(); k++)
            if (alike.get(merged.get(here.size() + k)) instanceof Expr e) found.put(there.get(k), e);
        for (var e : outermost(loop, found.keySet())) {
            again.computeIfAbsent(loop, _ -> new LinkedHashMap<>()).putIfAbsent(e, new Kept(source, Objects.requireNonNull(found.get(e))));
            kept.computeIfAbsent(source, _ -> new LinkedHashSet<>()).add(Objects.requireNonNull(found.get(e)));
        }
    }

    /// Per param of one loop that of another which is the same at each step.
    private static Map<Expr, Expr> same(Node source, Node loop) {
        var places = new LinkedHashMap<List<Object>, Expr>();
        for (int k = 0; k < spec(loop).sequences(); k++) for (int tap = 0; tap < spec(loop).sequenceTaps().get(k).size(); tap++)
            places.put(List.of(loop.arg(spec(loop).sequence(k)), spec(loop).sequenceTaps().get(k).get(tap) + spec(loop).offset(k)),
                params(loop).get(spec(loop).element(k) + tap));
        for (int k = 0; k < spec(loop).captures(); k++)
            places.put(List.of(loop.arg(spec(loop).capture(k))), params(loop).get(spec(loop).captured(k)));
        var same = new IdentityHashMap<Expr, Expr>();
        var own = spec(source);
        for (int k = 0; k < own.sequences(); k++) for (int tap = 0; tap < own.sequenceTaps().get(k).size(); tap++)
            put(same, params(source).get(own.element(k) + tap),
                places.get(List.of(source.arg(own.sequence(k)), own.sequenceTaps().get(k).get(tap) + own.offset(k))));
        for (int k = 0; k < spec(loop).sequences(); k++) if (states(loop, k) instanceof Expr e && e.node() == source) {
            var taps = own.stateTaps().get(e.index());
            for (int tap = 0; tap < taps.size(); tap++)
                put(same, params(source).get(own.previous(e.index()) + tap),
                    places.get(List.of(loop.arg(spec(loop).sequence(k)), taps.get(tap) + own.depth(e.index()))));
        }
        for (int k = 0; k < own.captures(); k++)
            put(same, params(source).get(own.captured(k)), places.get(List.of(source.arg(own.capture(k)))));
        return same;
    }

    private static void put(Map<Expr, Expr> same, Expr param, @Nullable Expr other) {
        if (other != null && other.type().equals(param.type())) same.put(param, other);
    }

    /// What steps multiply or add up of some params, of a rank that one of these has too.
    private List<Expr> sums(List<Expr> results, List<Expr> of) {
        Set<Expr> varying = Collections.newSetFromMap(new IdentityHashMap<>());
        varying.addAll(of);
        int rank = of.stream().mapToInt(e -> e.type().rank()).max().orElse(0);
        var sums = new ArrayList<Expr>();
        for (var node : Graph.inOrder(results)) {
            if (node.args().stream().noneMatch(varying::contains)) continue;
            varying.addAll(node.results());
            boolean isSum = lowerings.isPure(node) && (lowerings.of(node) instanceof Contract || lowerings.of(node) instanceof Reduce);
            if (isSum && node.types().getFirst().rank() <= rank) sums.add(node.result(0));
        }
        return sums;
    }

    /// Those of which a loop's steps make use other than by others of them.
    private static List<Expr> outermost(Node loop, Set<Expr> some) {
        var used = new LinkedHashSet<>(steps(loop));   // Expr compares by identity
        for (var node : Graph.inOrder(steps(loop), node -> !some.contains(node.result(0)))) used.addAll(node.args());
        return used.stream().filter(some::contains).toList();
    }

    // both loops anew

    private List<Expr> results(Node old, Node node) {
        var more = List.copyOf(kept.getOrDefault(old, Set.of()));
        var less = again.getOrDefault(old, Map.of());
        if (more.isEmpty() && less.isEmpty()) return node.results();
        var loop = new ReopenedLoop(node);
        var replaced = new IdentityHashMap<Expr, Expr>();
        less.forEach((e, other) -> replaced.put(e, loop.through(Objects.requireNonNull(rows.get(other)))));
        int before = loop.collected().size();
        var built = loop.close(replaced, Stream.concat(loop.collected().stream(), more.stream()).toList());
        for (int j = 0; j < more.size(); j++) rows.put(new Kept(old, more.get(j)), built.collected().get(before + j));
        return loop.results(built, built.collected().subList(0, before));
    }
}

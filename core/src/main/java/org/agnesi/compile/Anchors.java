package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Lowering.Contract;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Decides which expressions are anchors: computed once, by a loop of their own, rather than wherever they are used.
///
/// Anchors are what has no element of its own (a sum), what is asked for whole, what is dear and used at several
/// places, and what would make a body too large. Grouping puts anchors back together where their loops agree.
final class Anchors {
    /// Scalars in a body above which it is cut.
    private static final int LARGE = 200;
    /// Nodes inlined into each other above which a body is cut: views weigh nothing, but each is one step down.
    private static final int DEEP = 100;
    /// Scalars that may be computed again rather than stored; for each of many elements, fewer.
    private static final int CHEAP = 3;

    private final Lowerings lowerings;
    private final Slots slots;
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Set<Expr> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expr> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expr> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Node, Integer> depths = new IdentityHashMap<>();
    private final Map<Node, Integer> weights = new IdentityHashMap<>();
    /// By node, the slots of those whose checks its elements need.
    private final Map<Node, Set<Integer>> checks = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Anchors(Lowerings lowerings, Slots slots) {
        this.lowerings = lowerings;
        this.slots = slots;
    }

    /// The nodes to compute, each of whose needed results now has a slot.
    static Anchors of(List<Node> order, Collection<Expr> roots, Lowerings lowerings, Slots slots) {
        var anchors = new Anchors(lowerings, slots);
        anchors.whole.addAll(roots);
        roots.forEach(e -> anchors.uses.put(e, 1));
        for (var node : order.reversed()) anchors.count(node);
        for (var node : order) anchors.decide(node);
        return anchors;
    }

    /// In order.
    List<Node> nodes() { return nodes; }

    /// The slots of what is checked before elements of the node can be found.
    Set<Integer> checks(Node node) { return checks.getOrDefault(node, Set.of()); }

    /// Spreads the uses of a node's results to its arguments; what only moves elements is looked through.
    private void count(Node node) {
        int own = node.results().stream().mapToInt(e -> uses.getOrDefault(e, 0)).sum();
        if (own == 0) return;
        boolean moves = lowerings.moves(node) && !whole.contains(node.result(0));
        boolean again = lowerings.repeats(node) || moves && repeated.contains(node.result(0));
        boolean plain = asksPlain(node) || moves && asked.contains(node.result(0));
        for (int k : lowerings.reads(node)) {
            var arg = node.arg(k);
            uses.merge(arg, moves ? own : 1, Integer::sum);
            if (again) repeated.add(arg);
            if (lowerings.isCall(node) || plain && !lowerings.moves(arg.node()) && !lowerings.findsRows(arg.node())) whole.add(arg);
            if (plain) asked.add(arg);
        }
    }

    /// A contraction reads each element many times: it wants arrays, or views of arrays.
    private boolean asksPlain(Node node) { return lowerings.of(node) instanceof Contract; }

    private void decide(Node node) {
        if (node.results().stream().noneMatch(uses::containsKey)) return;
        boolean findsRows = lowerings.findsRows(node) && !repeated.contains(node.result(0));
        int weight = findsRows || lowerings.inlines(node) ? weight(node) : LARGE + 1;
        int depth = 1;
        for (int k : lowerings.reads(node)) depth = Math.max(depth, 1 + depths.getOrDefault(node.arg(k).node(), 0));
        boolean stays = weight > LARGE || depth > DEEP || node.results().stream().anyMatch(whole::contains)
            || weight > CHEAP && uses.get(node.result(0)) > 1
            || weight >= CHEAP && repeated.contains(node.result(0)) && node.types().getFirst().rank() > 0;
        weights.put(node, stays ? 0 : weight);
        depths.put(node, stays ? 0 : depth);
        if (stays) for (var e : node.results()) slots.of(e);
        if (stays || findsRows) nodes.add(node);
        check(node, findsRows && !stays);
    }

    /// Hands on to a node which checks its elements need: those of what it reads, or its own.
    private void check(Node node, boolean own) {
        var needed = new TreeSet<Integer>();
        for (int k : lowerings.reads(node)) {
            var arg = node.arg(k);
            if (slots.isChecked(arg)) needed.add(slots.of(arg));
            else if (!slots.has(arg)) needed.addAll(checks(arg.node()));
        }
        if (own) slots.checked(node.result(0));
        if (!needed.isEmpty()) checks.put(node, needed);
    }

    /// How many scalars an element costs, with all that is inlined into it; a function counts as several.
    private int weight(Node node) {
        int weight = 0;
        for (int k : lowerings.reads(node)) weight += weights.getOrDefault(node.arg(k).node(), 0);
        var body = switch (lowerings.of(node)) {
            case Pointwise(var scalar) -> scalar;
            case Gather(var scalar, _) -> lowerings.findsRows(node) ? null : scalar;   // found once for a row
            case Lowering _ -> null;
        };
        if (body != null) for (var x : Scalars.inOrder(List.of(body))) weight += weight(x);
        return weight;
    }

    private static int weight(Scalar x) {
        return switch (x) {
            case Scalar.Unary(var f, _, _) -> f.needsFloat() ? CHEAP + 1 : 1;
            case Scalar.Binary(var f, _, _, _) -> f == BinaryFunction.POW || f == BinaryFunction.ATAN2 ? CHEAP + 1 : 1;
            case Scalar.Compare _, Scalar.Select _, Scalar.Cast _, Scalar.Fma _, Scalar.Bits _, Scalar.Rare _ -> 1;
            case Scalar.Const _, Scalar.Input _, Scalar.At _, Scalar.Index _, Scalar.Size _, Scalar.Local _, Scalar.Load _ -> 0;
        };
    }
}

package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering.Gather;
import org.agnesi.kernel.Lowering.Piecewise;
import org.agnesi.kernel.Lowering.Pointwise;
import org.agnesi.kernel.Lowering.Scatter;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;

/// Finds what works row by row on a few numbers each, as a formula of points in space does for each of many points: one program
/// whose scalars are the numbers, where loops over two or three of them would wait for each other.
///
/// It is worth it where elements move within rows: such a move is an array of its own otherwise.
final class Rows {
    /// Elements of a row's part; and scalars of all, which are some 6 bytes each: HotSpot compiles methods of 8,000.
    private static final int WIDE = 32, LARGE = 1_100;
    /// Moves that make it worth it, and elements per row that most of what is computed may have.
    private static final int MOVES = 3, NARROW = 8;

    private final Inliner inliner;
    private final Lowerings lowerings;
    private final RowElements elements;
    private final Slots slots;
    private final Set<Node> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> after = Collections.newSetFromMap(new IdentityHashMap<>());

    private Rows(Inliner inliner, Lowerings lowerings, Slots slots, RowElements elements) {
        this.inliner = inliner;
        this.lowerings = lowerings;
        this.slots = slots;
        this.elements = elements;
    }

    /// The nodes that become one program, those that need its results, and the stage itself; none where nothing is found.
    record Found(Set<Node> members, Set<Node> after, List<Stage.Rows> stage) {
        static final Found NOTHING = new Found(Set.of(), Set.of(), List.of());
    }

    /// @param constants values of slots
    static Found of(List<Node> order, Collection<Expr> roots, Inliner inliner, Lowerings lowerings, Slots slots,
        Map<Integer, NDArray> constants) {
        var rows = new Rows(inliner, lowerings, slots, new RowElements(inliner, lowerings, slots, constants));
        int size = rows.mostCommon(order);
        if (size < 0) return Found.NOTHING;
        for (var node : order) rows.add(node, size);
        if (rows.members.stream().filter(rows::moves).count() < MOVES || !rows.isNarrow()) return Found.NOTHING;
        var results = rows.results(order, roots);
        if (rows.elements.weight(results) > LARGE) return Found.NOTHING;
        return new Found(rows.members, rows.after, List.of(rows.stage(results, slots)));
    }

    /// The number of rows of which most is moved; -1 where too little is.
    private int mostCommon(List<Node> order) {
        var counts = new HashMap<Integer, Integer>();
        for (var node : order) if (isCandidate(node) && moves(node)) counts.merge(rows(node), 1, Integer::sum);
        return counts.entrySet().stream().filter(entry -> entry.getValue() >= MOVES)
            .max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(-1);
    }

    /// Whether loops along rows would have few points: where most is computed on more, vectors along rows are better.
    private boolean isNarrow() {
        var computed = members.stream().filter(node -> lowerings.of(node) instanceof Pointwise).map(node -> node.result(0)).toList();
        return computed.stream().mapToInt(e -> RowElements.points(elements.inner(e)).size()).sum() <= NARROW * computed.size();
    }

    private int rows(Node node) { return inliner.terms().id(inliner.dim(node.result(0), 0)); }

    private boolean isCandidate(Node node) {
        if (node.size() != 1 || !node.op().isMergeable() || node.types().getFirst().rank() == 0) return false;
        var dims = inliner.dims(node.result(0));
        if (!RowElements.isRows(dims) || dims.getFirst() instanceof Const c && c.bits() <= WIDE) return false;
        long inner = 1;
        for (var size : dims.subList(1, dims.size())) inner *= ((Const) size).bits();
        return inner <= WIDE;
    }

    private boolean moves(Node node) {
        var lowering = lowerings.of(node);
        return node.types().getFirst().rank() > 1
            && (lowering instanceof Scatter || lowering instanceof Piecewise || lowering instanceof Gather);
    }

    /// A node joins unless it needs what comes after.
    private void add(Node node, int size) {
        boolean late = readsFrom(node, after) || waitsForSizes(node);
        if (!late && isCandidate(node) && rows(node) == size && elements.add(node)) members.add(node);
        else if (late || readsFrom(node, members)) after.add(node);
    }

    private boolean readsFrom(Node node, Set<Node> some) {
        return lowerings.reads(node).stream().anyMatch(k -> some.contains(node.arg(k).node()));
    }

    /// Whether only rows, or what comes after, say how large its arguments are, or it is: positions that are found, a pattern.
    private boolean waitsForSizes(Node node) {
        var sized = new ArrayList<>(node.args());
        sized.addAll(node.results());
        return sized.stream().flatMap(e -> Grouping.slots(inliner.dims(e)).stream()).map(slot -> slots.expr(slot).node())
            .anyMatch(from -> members.contains(from) || after.contains(from));
    }

    private List<Expr> results(List<Node> order, Collection<Expr> roots) {
        Set<Expr> read = Collections.newSetFromMap(new IdentityHashMap<>());
        read.addAll(roots);
        for (var node : order) if (!members.contains(node)) lowerings.reads(node).forEach(k -> read.add(node.arg(k)));
        return order.stream().filter(members::contains).map(node -> node.result(0)).filter(read::contains).toList();
    }

    private Stage.Rows stage(List<Expr> results, Slots slots) {
        var stores = new ArrayList<Stage.Rows.Result>();
        for (var e : results) {
            var positions = RowElements.points(elements.inner(e)).stream().map(elements::position).toList();
            stores.add(new Stage.Rows.Result(slots.of(e), positions, elements.elements(e)));
        }
        return new Stage.Rows(inliner.dim(results.getFirst(), 0), stores, elements.demands());
    }
}

package org.agnesi.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Fold;
import org.agnesi.op.ReplayBuilder;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Origin;
import org.jspecify.annotations.Nullable;

/// Makes one of a loop that is gone through again for a gradient and of the gradient's loop, which goes back through its states:
/// so these need not all be there at a time. A tangent of the gradient goes back through tangents of the states too: both are joined.
///
/// Where anybody else reads them, they stay two loops, and all states are stored.
final class ReplayLoops {
    private final Readers readers;
    private final Map<Expr, Expr> rebuilt = new IdentityHashMap<>();
    private final Map<Node, Expr> sums = new IdentityHashMap<>();

    private ReplayLoops(List<Expr> roots) { readers = new Readers(roots); }

    static List<Expr> of(List<Expr> roots) {
        var nodes = Graph.inOrder(roots);
        if (nodes.stream().noneMatch(node -> node.op() instanceof Scan scan && scan.again())) return roots;
        var loops = new ReplayLoops(roots);
        for (var node : nodes) Origin.inherit(node.origin(), () -> loops.visit(node));
        return roots.stream().map(loops.rebuilt::get).toList();
    }

    private boolean visit(Node node) {
        if (sums.get(node) instanceof Expr sum) {
            rebuilt.put(node.result(0), sum);
            return true;
        }
        var moved = node.map(rebuilt::get);
        for (int k = 0; k < node.size(); k++) rebuilt.put(node.result(k), moved.result(k));
        return node.op() instanceof Scan scan && isBack(scan) && replayed(node, moved, scan);
    }

    private static boolean isBack(Scan scan) { return scan.spec().backwards() && scan.window() == 0 && scan.spec().lasts().isEmpty(); }

    private boolean replayed(Node node, Node moved, Scan scan) {
        var spec = scan.spec();
        var forwards = new ArrayList<Node>();
        var sources = new ArrayList<@Nullable Expr>();
        for (int k = 0; k < spec.sequences(); k++) {
            var states = states(node.arg(spec.sequence(k)));
            var source = states != null && fits(states.node(), node) ? states : null;
            sources.add(source);
            if (source != null && !forwards.contains(source.node())) forwards.add(source.node());
        }
        for (int k = 0; k < spec.states(); k++) if (!readers.areOfLastRow(node.result(k), true)) return false;
        if (forwards.isEmpty()) return false;
        var joined = joined(forwards);
        var places = sources.stream().map(e -> e == null ? -1 : joined.get(forwards.indexOf(e.node())).get(e.index()).index()).toList();
        var built = new ReplayBuilder(joined.getFirst().getFirst().node(), moved, places, added(node, scan)).build();
        if (built == null) return false;
        replace(node, spec.states(), built);
        return true;
    }

    /// Per loop its states, of one loop.
    private List<List<Expr>> joined(List<Node> forwards) {
        var loops = forwards.stream().map(forward -> rebuilt.get(forward.result(0)).node()).toList();
        return loops.size() == 1 ? List.of(loops.getFirst().results()) : new JoinedLoops(loops).joined();
    }

    private boolean fits(Node forward, Node back) { return steps(forward) == steps(back) && readBackOnly(forward); }

    private Expr steps(Node node) { return rebuilt.get(node.arg(0)); }

    /// The states that rows are after the initial ones, of a loop that is gone through again.
    static @Nullable Expr states(Expr rows) {
        if (!(rows.node().op() instanceof Concatenate(var axis)) || axis != 0) return null;
        var states = rows.node().args().getLast();
        return states.node().op() instanceof Scan scan && scan.again() && !scan.spec().backwards() ? states : null;
    }

    /// Whether nobody reads a loop's states but loops back through them.
    private boolean readBackOnly(Node forward) {
        for (var states : forward.results()) for (var join : readers.of(states)) {
            if (join.args().getLast() != states || states(join.result(0)) != states) return false;
            for (var by : readers.of(join.result(0)))
                if (!(by.op() instanceof Scan scan) || !isBack(scan) || by.args().lastIndexOf(join.result(0)) >= scan.spec().initial(0))
                    return false;
        }
        return true;
    }

    /// Which of what the steps collect is only added up.
    private BitSet added(Node node, Scan scan) {
        var added = new BitSet();
        for (int j = 0; j < scan.spec().collected(); j++) {
            var by = readers.of(node.result(scan.spec().states() + j));
            if (!by.isEmpty() && by.stream().allMatch(ReplayLoops::isTotal)) added.set(j);
        }
        return added;
    }

    private static boolean isTotal(Node node) {
        if (!(node.op() instanceof Fold fold) || !fold.axes().equals(List.of(0))) return false;
        return switch (fold.combine()) {
            case ADD -> node.types().getFirst().dtype().isFloating();
            case OR -> node.arg(0).type().dtype() == DType.BOOL;
            case MUL, MAX, MIN, AND -> false;
        };
    }

    private void replace(Node node, int states, ReplayBuilder.Built built) {
        for (int k = 0; k < states; k++) rebuilt.put(node.result(k), built.states().get(k));
        for (int j = 0; j < built.collected().size(); j++) {
            var collected = node.result(states + j);
            var by = readers.of(collected);
            if (by.stream().allMatch(ReplayLoops::isTotal)) for (var sum : by) sums.put(sum, built.collected().get(j));
            else rebuilt.put(collected, built.collected().get(j));
        }
    }
}

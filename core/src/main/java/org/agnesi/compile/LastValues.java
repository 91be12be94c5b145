package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Cut;
import org.agnesi.op.Scan;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Lets loops over steps keep only the last value of states of which nothing else is read.
///
/// Such a value is read as the last row, be it of the loop's own or of the initial value and the loop's joined; both stay as they
/// are, of one row now.
final class LastValues {
    private final Map<Expr, List<Node>> readers = new IdentityHashMap<>();

    private LastValues(List<Expr> roots) {
        for (var root : roots) read(root, root.node());
        for (var node : Graph.inOrder(roots)) node.args().forEach(arg -> read(arg, node));
    }

    private void read(Expr e, Node by) { readers.computeIfAbsent(e, _ -> new ArrayList<>()).add(by); }

    static List<Expr> of(List<Expr> roots) {
        var values = new LastValues(roots);
        return LoopPass.each(roots, values::kept);
    }

    private List<Expr> kept(Node old, Node node) {
        var scan = (Scan) node.op();
        var lasts = new TreeSet<>(scan.spec().lasts());
        for (int k = 0; k < scan.spec().states(); k++) if (isLast(old.result(k), scan.spec().backwards())) lasts.add(k);
        return lasts.equals(scan.spec().lasts()) ? node.results() : Expr.all(scan.keepingLast(Set.copyOf(lasts)), node.args());
    }

    private boolean isLast(Expr rows, boolean backwards) {
        var all = readers.getOrDefault(rows, List.of());
        return !all.isEmpty() && all.stream().allMatch(by -> isSlice(by, rows, backwards)
            || isJoined(by, rows, backwards) && readers.get(by.result(0)).stream().allMatch(r -> isSlice(r, by.result(0), backwards)));
    }

    private static boolean isSlice(Node node, Expr rows, boolean backwards) {
        return node.op() instanceof Slice(var cuts) && node.arg(0) == rows
            && cuts.getFirst() instanceof Cut.One(Cut.Edge.Fixed(var position)) && position == (backwards ? 0 : -1);
    }

    /// Whether the rows come last in a join, or first where the last step's is the first.
    private static boolean isJoined(Node node, Expr rows, boolean backwards) {
        return node.op() instanceof Concatenate(var axis) && axis == 0
            && (backwards ? node.args().getFirst() : node.args().getLast()) == rows
            && node.args().stream().filter(arg -> arg == rows).count() == 1;
    }
}

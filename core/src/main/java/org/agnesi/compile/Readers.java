package org.agnesi.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.Cut;
import org.agnesi.op.LastRow;
import org.agnesi.op.Length;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// Which nodes of a graph read an expression; a root is read by its own node.
final class Readers {
    private final Map<Expr, List<Node>> readers = new IdentityHashMap<>();

    Readers(List<Expr> roots) {
        for (var root : roots) read(root, root.node());
        for (var node : Graph.inOrder(roots)) node.args().forEach(arg -> read(arg, node));
    }

    private void read(Expr e, Node by) { readers.computeIfAbsent(e, _ -> new ArrayList<>()).add(by); }

    List<Node> of(Expr e) { return readers.getOrDefault(e, List.of()); }

    /// Whether all read the row of a loop's last step, be it of the loop's rows or of the initial value and these joined.
    boolean areOfLastRow(Expr rows, boolean backwards) {
        return of(rows).stream().allMatch(by -> isOfRow(by, rows, backwards)
            || LastRow.isJoined(by, rows, backwards) && of(by.result(0)).stream().allMatch(r -> isOfRow(r, by.result(0), backwards)));
    }

    /// Each row has the sizes of a row.
    private static boolean isOfRow(Node node, Expr rows, boolean backwards) {
        return isSlice(node, rows, backwards) || node.op() instanceof Length(var axis) && axis > 0;
    }

    private static boolean isSlice(Node node, Expr rows, boolean backwards) {
        return node.op() instanceof Slice(var cuts) && node.arg(0) == rows
            && cuts.getFirst() instanceof Cut.One(Cut.Edge.Fixed(var position)) && position == (backwards ? 0 : -1);
    }
}

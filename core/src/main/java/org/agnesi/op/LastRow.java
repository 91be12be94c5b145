package org.agnesi.op;

import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A cotangent of a loop's rows that comes to the last step's alone: it is there from the start of the way back, no row of zeros is.
public final class LastRow {
    private LastRow() {}

    /// The cotangent of that row, where all others' are zeros; null where they are not known to be.
    static @Nullable Expr of(Expr g, Expr rows, boolean backwards) {
        while (g.node().op() instanceof BroadcastTo && g.node().arg(0).type().rank() == g.type().rank()) g = g.node().arg(0);
        boolean isPart = g.node().op() instanceof Slice(var cuts) && cuts.getFirst() instanceof Cut.Span && isWholeBehind(cuts);
        var put = isPart ? g.node().arg(0) : g;
        if (!(put.node().op() instanceof PutSlice(var cuts, var _)) || !isLast(cuts, backwards)) return null;
        var zeros = put.node().arg(0).node();
        if (!(zeros.op() instanceof Fill) || !zeros.arg(1).isConstant(0)) return null;
        return (isPart ? isJoined(zeros.arg(0).node(), rows, backwards) : zeros.arg(0) == rows) ? put.node().arg(1) : null;
    }

    private static boolean isLast(List<Cut> cuts, boolean backwards) {
        return cuts.getFirst() instanceof Cut.One(Cut.Edge.Fixed(var position)) && position == (backwards ? 0 : -1) && isWholeBehind(cuts);
    }

    private static boolean isWholeBehind(List<Cut> cuts) { return cuts.stream().skip(1).allMatch(Cut.ALL::equals); }

    /// Whether the rows come last in a join, behind the initial value, or first where the last step's is the first.
    public static boolean isJoined(Node join, Expr rows, boolean backwards) {
        return join.op() instanceof Concatenate(var axis) && axis == 0
            && (backwards ? join.args().getFirst() : join.args().getLast()) == rows
            && join.args().stream().filter(arg -> arg == rows).count() == 1;
    }
}

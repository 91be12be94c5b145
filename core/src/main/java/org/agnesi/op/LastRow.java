package org.agnesi.op;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.kernel.Relation;
import org.agnesi.symbolic.Cotangent;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A cotangent of a loop's rows that comes to the last step's alone: it is there from the start of the way back, no row of zeros is.
public final class LastRow {
    private LastRow() {}

    /// The cotangent of that row with its mask, where all others' are zeros and do not matter; null where that is not known.
    static @Nullable Cotangent of(Cotangent g, Expr rows, boolean backwards) {
        var value = of(g.value(), rows, backwards, e -> e);
        var active = g.active() == null ? null : ofMask(g.active(), rows, backwards);
        return value == null || g.active() != null && active == null ? null : new Cotangent(value, active, null);
    }

    /// The mask of that row: of numbers, zeros elsewhere, those above zero.
    private static @Nullable Expr ofMask(Expr mask, Expr rows, boolean backwards) {
        var row = of(mask, rows, backwards, LastRow::numbers);
        if (row == null) return null;
        return row.node().op() instanceof Cast && row.node().arg(0).type().dtype() == DType.BOOL ? row.node().arg(0)
            : Compare.gt(row, Constant.constant(0));
    }

    /// What a mask was found by.
    private static Expr numbers(Expr e) {
        if (e.node().op() instanceof Cast && e.node().arg(0).type().dtype() == DType.BOOL) e = e.node().arg(0);
        return e.node().op() instanceof Compare(var relation) && relation == Relation.GT && isZero(e.node().arg(1)) ? e.node().arg(0) : e;
    }

    private static @Nullable Expr of(Expr g, Expr rows, boolean backwards, UnaryOperator<Expr> inside) {
        g = inside.apply(unspread(g));
        boolean isPart = g.node().op() instanceof Slice(var cuts) && cuts.getFirst() instanceof Cut.Span && isWholeBehind(cuts);
        var put = isPart ? inside.apply(unspread(g.node().arg(0))) : g;
        if (!(put.node().op() instanceof PutSlice(var cuts, var _)) || !isLast(cuts, backwards)) return null;
        var zeros = put.node().arg(0).node();
        if (!(zeros.op() instanceof Fill) || !zeros.arg(1).isConstant(0)) return null;
        return (isPart ? isJoined(zeros.arg(0).node(), rows, backwards) : zeros.arg(0) == rows) ? put.node().arg(1) : null;
    }

    private static boolean isZero(Expr e) { return e.isConstant(0) || e.node().op() instanceof BroadcastTo && isZero(e.node().arg(0)); }

    private static Expr unspread(Expr e) {
        while (e.node().op() instanceof BroadcastTo && e.node().arg(0).type().rank() == e.type().rank()) e = e.node().arg(0);
        return e;
    }

    private static boolean isLast(List<Cut> cuts, boolean backwards) {
        return cuts.getFirst() instanceof Cut.One(Cut.Edge.Fixed(var position)) && position == (backwards ? 0 : -1) && isWholeBehind(cuts);
    }

    /// The loop of whose rows, joined with the initial value, a node reads the last step's; null where it does not.
    static @Nullable Node loop(Node read) {
        if (!(read.op() instanceof Slice(var cuts))) return null;
        var join = read.arg(0).node();
        for (var rows : join.args()) if (rows.node().op() instanceof Scan scan) {
            boolean backwards = scan.spec().backwards();
            if (isLast(cuts, backwards) && isJoined(join, rows, backwards)) return rows.node();
        }
        return null;
    }

    private static boolean isWholeBehind(List<Cut> cuts) { return cuts.stream().skip(1).allMatch(Cut.ALL::equals); }

    /// Whether the rows come last in a join, behind the initial value, or first where the last step's is the first.
    public static boolean isJoined(Node join, Expr rows, boolean backwards) {
        return join.op() instanceof Concatenate(var axis) && axis == 0
            && (backwards ? join.args().getFirst() : join.args().getLast()) == rows
            && join.args().stream().filter(arg -> arg == rows).count() == 1;
    }
}

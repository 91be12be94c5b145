package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// The rows of tensors, that is their elements along axis 0: what loops are fed with and leave behind.
final class Rows {
    private Rows() {}

    /// One after the other.
    static Expr join(Expr... parts) { return parts.length == 1 ? parts[0] : Concatenate.concatenate(List.of(parts), 0); }

    /// The rows from `start` on.
    static Expr from(Expr x, Expr start) { return Slice.piece(x, 0, start, x.length()); }

    /// The first `count` rows.
    static Expr first(Expr x, Expr count) { return Slice.piece(x, 0, Constant.index(0), count); }

    /// The last row first.
    static Expr reversed(Expr x) { return AlongAxis.flip(x, 0); }

    /// The row of the last step of a loop, or `initial` where it made none.
    static Expr last(Expr rows, Expr initial, boolean backwards) {
        if (rows.type().dim(0) > 0) return Slice.element(rows, backwards ? 0 : -1);
        var start = DimShuffle.expandDims(initial, 0);
        return backwards ? Slice.element(join(rows, start), 0) : Slice.element(join(start, rows), -1);
    }

    /// `count` rows with zeros before and after, `total` in all.
    static Expr padded(Expr rows, Expr before, Expr total, Expr count) {
        if (before.isConstant(0) && same(total, count)) return rows;
        var after = Sub.sub(Sub.sub(total, count), before);
        return join(zeros(rows, before), rows, zeros(rows, after));
    }

    private static boolean same(Expr a, Expr b) {
        return a == b || a.constantLong().isPresent() && a.constantLong().equals(b.constantLong());
    }

    private static Expr zeros(Expr like, Expr count) {
        var dims = new ArrayList<>(like.lengths());
        dims.set(0, count);
        return BroadcastTo.broadcastTo(Constant.of(0, like.type().dtype()), dims);
    }

    /// `length − span`, at least 0.
    static Expr less(Expr length, int span) {
        if (length.constantLong().isPresent()) return Constant.index(Math.max(0, length.constantLong().getAsLong() - span));
        var rest = Sub.sub(length, Constant.index(span));
        return Where.where(Compare.lt(rest, Constant.index(0)), Constant.index(0), rest);
    }

    static Expr sum(Expr x) { return Sum.sum(x, Axes.over(0)); }

    /// The smaller of two int64 scalars, decided now where both are known.
    static Expr least(Expr a, Expr b) {
        if (a == b) return a;
        if (a.constantLong().isPresent() && b.constantLong().isPresent())
            return a.constantLong().getAsLong() <= b.constantLong().getAsLong() ? a : b;
        return Where.where(Compare.lt(a, b), a, b);
    }
}

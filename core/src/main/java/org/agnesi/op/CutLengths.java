package org.agnesi.op;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agnesi.symbolic.Expr;

/// How many positions [Cut]s leave of sizes that only the call tells.
final class CutLengths {
    private CutLengths() {}

    /// The sizes of the dimensions that are left, as expressions.
    static List<Expr> of(List<Cut> cuts, Expr x, List<Expr> given) {
        var next = given.iterator();
        var dims = new ArrayList<Expr>();
        for (int axis = 0; axis < cuts.size(); axis++) switch (cuts.get(axis)) {
            case Cut.All() -> dims.add(x.length(axis));
            case Cut.One(var at) -> { if (at.equals(Cut.GIVEN)) next.next(); }
            case Cut.Span(var from, var to, int step) -> dims.add(count(from, to, step, x.length(axis), next));
        }
        return dims;
    }

    private static Expr count(Cut.Edge from, Cut.Edge to, int step, Expr size, Iterator<Expr> given) {
        var low = Constant.index(step > 0 ? 0 : -1);
        var high = step > 0 ? size : Sizes.minus(size, 1);
        var start = bound(from, step > 0 ? low : high, size, low, high, given);
        var stop = bound(to, step > 0 ? high : low, size, low, high, given);
        var way = step > 0 ? Sizes.minus(stop, start) : Sizes.minus(start, stop);
        boolean ordered = from.equals(Cut.OPEN) || to.equals(Cut.OPEN);   // then the way is not negative
        var up = Sizes.plus(ordered ? way : Sizes.max(way, Constant.index(0)), Constant.index(Math.abs((long) step) - 1));
        return Sizes.quotient(up, Constant.index(Math.abs((long) step)));
    }

    private static Expr bound(Cut.Edge edge, Expr open, Expr size, Expr low, Expr high, Iterator<Expr> given) {
        return switch (edge) {
            case Cut.Edge.Open() -> open;
            case Cut.Edge.Fixed(long position) -> position < 0
                ? Sizes.max(Sizes.plus(size, Constant.index(position)), low) : Sizes.min(Constant.index(position), high);
            case Cut.Edge.Given() -> {
                var e = given.next();
                yield Sizes.min(Sizes.max(Where.where(Compare.lt(e, Constant.index(0)), Add.add(e, size), e), low), high);
            }
        };
    }
}

package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Function;
import org.agnesi.op.Compare;
import org.agnesi.op.Logical;
import org.agnesi.op.LoopState;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;

/// A loop that tries one point a step and comes nearer with each that it takes: what searches along steps have in common.
///
/// A step that is not taken is halved. It ends when the next whole step would be small, and takes that one without trying where it
/// leads: the error is then about the square of the tolerance.
final class Search {
    private static final double DIGITS = 0.5, LESS = 1e-4;

    final OpenLoop loop = new OpenLoop();
    final Implicit op;
    final List<Expr> in;
    final double tolerance;
    final LoopState x;
    final LoopState step;
    final LoopState length;   // the part of the step that is tried
    final LoopState size;     // of what is to become 0; infinite before the first point

    Search(Implicit op, List<Expr> in) {
        this.op = op;
        this.in = in;
        var x0 = in.getFirst();
        tolerance = op.solving().tolerance(x0, DIGITS);
        x = loop.state(x0, 1);
        step = loop.state(Connection.zeros(x0), 1);
        length = loop.state(number(1), 1);
        size = state(Double.POSITIVE_INFINITY);
    }

    Expr number(double value) { return Steps.number(in.getFirst(), value); }

    LoopState state(double initial) { return loop.state(number(initial), 1); }

    /// What is added to x in this step.
    Expr moved() { return step.previous(1).times(length.previous(1)); }

    /// The point that is tried.
    Expr y() { return x.previous(1).plus(moved()); }

    /// Whether `own` is less than the size before, by more the longer the step is.
    Expr isLess(Expr own) { return Compare.le(own, size.previous(1).times(constant(1).minus(length.previous(1).times(LESS)))); }

    /// `yes` if the point is taken, else as before.
    static void next(LoopState state, Expr taken, Expr yes) { state.next(Where.where(taken, yes, state.previous(1))); }

    /// Goes on from `y` where it is taken, until `next` is small.
    void go(Expr taken, Expr y, Expr own, Expr next, int steps) {
        next(x, taken, y);
        next(size, taken, own);
        length.next(Where.where(taken, 1, length.previous(1).times(0.5)));
        loop.until(Logical.or(Logical.and(taken, Steps.isSmall(next, y, tolerance, tolerance)),
            Compare.lt(length.previous(1), constant(Steps.STALLED))));
        loop.steps(constant(op.solving().steps(steps)));
    }

    /// The last point and its next step, checked to be small.
    ///
    /// @param more what must hold besides, for the loop's last values
    Expr ended(LoopState next, Function<List<Expr>, Expr> more, String wanted, String distance) {
        var done = loop.finish();
        var last = done.last();
        var at = last.get(x.index());
        var way = last.get(next.index());
        var found = Logical.and(more.apply(last), Steps.isFound(way, at, tolerance, last.get(length.index())));
        return Steps.ended(op, in, at.plus(way), found, wanted, distance, last.get(size.index()), done.steps());
    }
}

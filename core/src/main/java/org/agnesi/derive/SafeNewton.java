package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Logical;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Push;

/// Newton's loop for one equation of one number, which cannot lose a root once it has seen both signs.
///
/// Until then steps are halved until they make `|f|` smaller; from then on a step that leaves the interval, or does not halve
/// `|f|`, gives way to the interval's middle (Press et al., *Numerical Recipes*, `rtsafe`).
record SafeNewton(Root op, List<Expr> in) {
    private static final int STEPS = 200;

    Expr solved() {
        var search = new Search(op, in);
        var newton = search.state(Double.POSITIVE_INFINITY);   // the step that the slope alone says
        var below = search.state(Double.NaN);                  // where f < 0
        var above = search.state(Double.NaN);                  // where f > 0
        var y = search.y();
        var f = op.f().apply(Implicit.at(y, in)).getFirst();
        var low = Where.where(Compare.lt(f, constant(0)), y, below.previous(1));
        var high = Where.where(Compare.gt(f, constant(0)), y, above.previous(1));
        below.next(low);
        above.next(high);
        var middle = low.plus(high).times(0.5);
        var enclosed = Logical.not(Compare.isnan(middle));
        var taken = Logical.and(Compare.isfinite(f), Logical.or(search.isLess(f.abs()), enclosed));
        var own = Where.where(Compare.eq(f, constant(0)), 0, f.neg().div(slope(y)));
        var inside = Compare.lt(y.plus(own).minus(low).times(y.plus(own).minus(high)), constant(0));
        var fast = Compare.le(f.abs(), search.size.previous(1).times(0.5));
        var free = Where.where(Compare.isfinite(own), own, y.abs().plus(1));
        var safe = Where.where(Logical.and(inside, fast), own, middle.minus(y));
        Search.next(newton, taken, own);
        Search.next(search.step, taken, Where.where(enclosed, safe, free));
        search.go(taken, y, f.abs(), own, STEPS);
        return search.ended(newton, _ -> constant(true), "a point where the function is 0", "its size");
    }

    /// The derivative at `y`, swept at once: rules see it with f.
    private Expr slope(Expr y) {
        var x = op.x();
        var f = Derivative.plain(op.f().results());
        var slope = Push.push(f, List.of(x), List.of(Steps.number(x, 1))).getFirst();
        return Graph.replace(List.of(slope == null ? Connection.zeros(x) : slope),
            Derivative.bound(op.f(), Implicit.at(y, in))).getFirst();
    }
}

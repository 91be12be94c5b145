package org.agnesi.derive;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.agnesi.op.Neg;
import org.agnesi.symbolic.Expr;

/// Newton's search for the solution of several equations: steps `p = −J⁻¹ f` that make `‖f‖` smaller.
record Newton(Root op, List<Expr> in) {
    private static final int STEPS = 100;

    Expr solved() {
        var search = new Search(op, in);
        var left = search.state(0);   // of f, after the step, were f linear
        var y = search.y();
        var at = Implicit.at(y, in);
        var f = op.f().apply(at).getFirst();
        var own = Steps.norm(f);
        var taken = Logical.and(Compare.isfinite(own), search.isLess(own));
        var next = IfElse.ifElse(taken, direction(f, at), List.of(search.step.previous(1), left.previous(1)));
        search.step.next(next.getFirst());
        left.next(next.getLast());
        search.go(taken, y, own, next.getFirst(), STEPS);
        return search.ended(search.step, last -> Compare.le(last.get(left.index()), last.get(search.size.index()).times(0.5)),
            "a point where the function is 0", "its norm");
    }

    /// The step, and what it leaves of f: by the matrix nothing, by products what the equations do not decide.
    private List<Expr> direction(Expr f, List<Expr> at) {
        return new Linear(op.name(), op.formula(in), op.equation(), at, false, op.solving().dense()).direction(Neg.neg(f));
    }
}

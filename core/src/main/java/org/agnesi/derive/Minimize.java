package org.agnesi.derive;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.error.TypeError;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;

/// The `x` near `x0` where the number `f(x)` is least, by Newton's method on its gradient: see [Descent].
public record Minimize(Lambda f, Solving solving) implements Implicit {

    static Expr minimize(UnaryOperator<Expr> f, Expr x0, SolveOption... options) {
        var told = Implicit.told(f, x0);
        var cost = told.f().results().getFirst();
        if (cost.type().rank() != 0) throw new TypeError("""
            minimize needs a function that gives one number, but got %s
            Sum it.""".formatted(Described.typed(cost)));
        return Implicit.needing(new Minimize(told.f(), Solving.of(told.args().getFirst().type(), options)), told.args());
    }

    /// The gradient.
    @Override public Expr residual() {
        var cost = Derivative.plain(f().results());
        var g = Pull.pull(cost, List.of(Constant.of(1, cost.getFirst().type().dtype())), List.of(x())).getFirst();
        return g == null ? Connection.zeros(x()) : g;
    }

    @Override public boolean isSymmetric() { return Jacobian.isSymmetric(f().results().getFirst()); }
    @Override public Expr solver(List<Expr> in) { return new Descent(this, in).solved(); }
    @Override public String name() { return "minimize"; }
}

package org.agnesi.derive;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;

/// The `x` near `x0` with `f(x) = 0`, by Newton's method: see [Newton] and, for a number, [SafeNewton].
public record Root(Lambda f, Solving solving) implements Implicit {

    static Expr root(UnaryOperator<Expr> f, Expr x0, SolveOption... options) {
        var told = Implicit.told(f, x0);
        var x = told.args().getFirst();
        var y = told.f().results().getFirst();
        Implicit.checkShape("root", "one equation per element of the unknown", x, y);
        return Implicit.needing(new Root(told.f(), Solving.of(x.type(), options)), told.args());
    }

    @Override public Expr residual() { return f().results().getFirst(); }
    @Override public boolean isSymmetric() { return false; }

    @Override public Expr solver(List<Expr> in) {
        return x().type().rank() == 0 ? new SafeNewton(this, in).solved() : new Newton(this, in).solved();
    }

    @Override public String name() { return "root"; }
}

package org.agnesi.derive;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;

/// The `x` near `x0` with `g(x) = x`, by iterating and extrapolating: see [Anderson].
public record FixedPoint(Lambda f, Solving solving) implements Implicit {

    static Expr fixedPoint(UnaryOperator<Expr> g, Expr x0, SolveOption... options) {
        var told = Implicit.told(g, x0);
        var x = told.args().getFirst();
        Implicit.checkShape("fixedPoint", "a function that gives what it takes", x, told.f().results().getFirst());
        return Implicit.made(new FixedPoint(told.f(), Solving.of(x.type(), options)), told.args());
    }

    @Override public Expr residual() { return Sub.sub(x(), f().results().getFirst()); }
    @Override public boolean isSymmetric() { return false; }
    @Override public Expr solver(List<Expr> in) { return new Anderson(this, in).solved(); }
    @Override public String name() { return "fixedPoint"; }
}

package org.agnesi.op;

import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `ln |Γ(x)|`; +∞ at 0, −1, −2, …
public record Lgamma() implements Unary {
    public static Expr lgamma(Expr x) { return new Lgamma().apply(x); }

    @Override public double eval(double x) { return Elementary.apply(UnaryFunction.LGAMMA_FAR, x); }
    @Override public Expr derivative(Expr x, Expr y) { return Digamma.digamma(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.LGAMMA, x); }
}

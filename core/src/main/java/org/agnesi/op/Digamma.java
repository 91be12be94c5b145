package org.agnesi.op;

import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `ψ(x) = Γ′(x) / Γ(x)`, the derivative of lgamma.
public record Digamma() implements Unary {
    public static Expr digamma(Expr x) { return new Digamma().apply(x); }

    @Override public double eval(double x) { return Elementary.apply(UnaryFunction.DIGAMMA_FAR, x); }
    @Override public Expr derivative(Expr x, Expr y) { return Polygamma.polygamma(1, x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.DIGAMMA, x); }
}

package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise hyperbolic sine.
public record Sinh() implements Unary {
    public static Expr sinh(Expr x) { return new Sinh().apply(x); }

    @Override public double eval(double x) { return StrictMath.sinh(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Cosh.cosh(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.SINH, x); }
}

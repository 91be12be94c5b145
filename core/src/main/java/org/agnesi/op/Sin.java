package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise sine of radians.
public record Sin() implements Unary {
    public static Expr sin(Expr x) { return new Sin().apply(x); }

    @Override public double eval(double x) { return StrictMath.sin(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Cos.cos(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.SIN, x); }
}

package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise cosine of radians.
public record Cos() implements Unary {
    public static Expr cos(Expr x) { return new Cos().apply(x); }

    @Override public double eval(double x) { return StrictMath.cos(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Neg.neg(Sin.sin(x)); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.COS, x); }
}

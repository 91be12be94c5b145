package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `eˣ − 1`, accurate near 0.
public record Expm1() implements Unary {
    public static Expr expm1(Expr x) { return new Expm1().apply(x); }

    @Override public double eval(double x) { return StrictMath.expm1(x); }

    /// Not `y + 1`, which cancels where y is near −1.
    @Override public Expr derivative(Expr x, Expr y) { return Exp.exp(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.EXPM1, x); }
}

package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise inverse tangent, in −π/2 … π/2.
public record Atan() implements Unary {
    public static Expr atan(Expr x) { return new Atan().apply(x); }

    @Override public double eval(double x) { return StrictMath.atan(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(constant(1), Add.add(constant(1), Sqr.sqr(x))); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.ATAN, x); }
}

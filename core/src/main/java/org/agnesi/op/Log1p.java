package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `ln(1 + x)`, accurate near 0.
public record Log1p() implements Unary {
    public static Expr log1p(Expr x) { return new Log1p().apply(x); }

    @Override public double eval(double x) { return StrictMath.log1p(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(constant(1), Add.add(constant(1), x)); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.LOG1P, x); }
}

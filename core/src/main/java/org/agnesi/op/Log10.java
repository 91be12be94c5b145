package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise logarithm to base 10.
public record Log10() implements Unary {
    public static Expr log10(Expr x) { return new Log10().apply(x); }

    @Override public double eval(double x) { return StrictMath.log10(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(constant(1 / StrictMath.log(10)), x); }
    @Override public Scalar code(Scalar x) { return Scalar.div(Scalar.log(x), Scalar.like(x, StrictMath.log(10))); }
}

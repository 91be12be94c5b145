package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise logarithm to base 2.
public record Log2() implements Unary {
    public static Expr log2(Expr x) { return new Log2().apply(x); }

    @Override public double eval(double x) { return StrictMath.log(x) / StrictMath.log(2); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(constant(1 / StrictMath.log(2)), x); }
    @Override public Scalar code(Scalar x) { return Scalar.div(Scalar.log(x), Scalar.like(x, StrictMath.log(2))); }
}

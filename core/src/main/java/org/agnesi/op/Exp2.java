package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise power `2ˣ`.
public record Exp2() implements Unary {
    public static Expr exp2(Expr x) { return new Exp2().apply(x); }

    @Override public double eval(double x) { return StrictMath.pow(2, x); }
    @Override public Expr derivative(Expr x, Expr y) { return Mul.mul(constant(StrictMath.log(2)), y); }
    @Override public Scalar code(Scalar x) { return Scalar.pow(Scalar.like(x, 2), x); }
}

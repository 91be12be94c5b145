package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise error function `2/√π · ∫₀ˣ exp(−t²) dt`.
public record Erf() implements Unary {
    public static Expr erf(Expr x) { return new Erf().apply(x); }

    @Override public double eval(double x) { return x == 0 ? x : org.hipparchus.special.Erf.erf(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Mul.mul(constant(2 / Math.sqrt(Math.PI)), Exp.exp(Neg.neg(Sqr.sqr(x)))); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.ERF, x); }
}

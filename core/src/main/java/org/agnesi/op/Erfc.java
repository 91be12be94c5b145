package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `1 − erf(x)`, accurate where it is small.
public record Erfc() implements Unary {
    public static Expr erfc(Expr x) { return new Erfc().apply(x); }

    @Override public double eval(double x) { return org.hipparchus.special.Erf.erfc(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Mul.mul(constant(-2 / Math.sqrt(Math.PI)), Exp.exp(Neg.neg(Sqr.sqr(x)))); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.ERFC, x); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise hyperbolic cosine.
public record Cosh() implements Unary {
    public static Expr cosh(Expr x) { return new Cosh().apply(x); }

    @Override public double eval(double x) { return StrictMath.cosh(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Sinh.sinh(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.COSH, x); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

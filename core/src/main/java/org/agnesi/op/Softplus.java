package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise `ln(1 + eˣ)`, a smooth maximum of x and 0 that never overflows.
public record Softplus() implements Unary {
    public static Expr softplus(Expr x) { return new Softplus().apply(x); }

    @Override public double eval(double x) { return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))); }
    @Override public Expr derivative(Expr x, Expr y) { return Sigmoid.sigmoid(x); }
    @Override public Scalar code(Scalar x) {
        return Scalar.add(Scalar.max(x, Scalar.like(x, 0)), Scalar.call(UnaryFunction.LOG1P, Scalar.exp(Scalar.neg(Scalar.abs(x)))));
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

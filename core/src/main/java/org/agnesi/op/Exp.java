package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise exponential `eˣ`; its derivative is its own result.
public record Exp() implements Unary {
    public static Expr exp(Expr x) { return new Exp().apply(x); }

    @Override public double eval(double x) { return StrictMath.exp(x); }
    @Override public Expr derivative(Expr x, Expr y) { return y; }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.EXP, x); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise square root `√x`; NaN below 0, and its derivative is ∞ at 0.
public record Sqrt() implements Unary {
    public static Expr sqrt(Expr x) { return new Sqrt().apply(x); }

    @Override public double eval(double x) { return Math.sqrt(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(constant(0.5), y); }
    @Override public List<Double> powers(List<Expr> in) { return List.of(0.5); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.SQRT, x); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

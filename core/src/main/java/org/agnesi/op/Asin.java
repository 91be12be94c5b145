package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise inverse sine, in −π/2 … π/2; NaN outside −1 … 1.
public record Asin() implements Unary {
    public static Expr asin(Expr x) { return new Asin().apply(x); }

    @Override public double eval(double x) { return StrictMath.asin(x); }

    /// `1 / √((1 − x)(1 + x))`: `1 − x²` would cancel near ±1.
    @Override public Expr derivative(Expr x, Expr y) {
        return Div.div(constant(1), Sqrt.sqrt(Mul.mul(Sub.sub(constant(1), x), Add.add(constant(1), x))));
    }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.ASIN, x); }
}

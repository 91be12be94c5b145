package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise hyperbolic tangent.
public record Tanh() implements Unary {
    public static Expr tanh(Expr x) { return new Tanh().apply(x); }

    @Override public double eval(double x) { return StrictMath.tanh(x); }

    /// `1 − y²` written as `4·σ(2x)·σ(−2x)`, which does not cancel where y is near ±1, at any order.
    @Override public Expr derivative(Expr x, Expr y) {
        var twice = Mul.mul(constant(2), x);
        return Mul.mul(constant(4), Mul.mul(Sigmoid.sigmoid(twice), Sigmoid.sigmoid(Neg.neg(twice))));
    }

    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.TANH, x); }
}

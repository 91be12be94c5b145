package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// Random numbers of the standard normal distribution, by Box and Muller: `√(−2 ln(1 − u)) · cos(2πv)`, then the same with sin.
public record Normal() implements Draw {
    public static Expr normal(Expr key, Object... shape) { return Draw.draw(new Normal(), "normal", key, shape); }

    @Override public double value(double u, double v, boolean odd) {
        double angle = 2 * Math.PI * v;
        return Math.sqrt(-2 * StrictMath.log1p(-u)) * (odd ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }

    @Override public Scalar value(Scalar u, Scalar v, Scalar odd) {
        var radius = Scalar.sqrt(Scalar.mul(Scalar.constant(-2.0), Scalar.call(UnaryFunction.LOG1P, Scalar.neg(u))));
        var angle = Scalar.mul(Scalar.constant(2 * Math.PI), v);
        return Scalar.mul(radius, Scalar.select(odd, Scalar.call(UnaryFunction.SIN, angle), Scalar.call(UnaryFunction.COS, angle)));
    }

    @Override public boolean isSeparate() { return false; }
}

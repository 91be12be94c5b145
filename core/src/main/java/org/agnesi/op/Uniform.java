package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// Random numbers evenly spread over [0, 1), multiples of 2⁻⁵³.
public record Uniform() implements Draw {
    public static Expr uniform(Expr key, Object... shape) { return Draw.draw(new Uniform(), "uniform", key, shape); }

    @Override public double value(double u, double v, boolean odd) { return u; }
    @Override public Scalar value(Scalar u, Scalar v, Scalar odd) { return u; }
    @Override public boolean isSeparate() { return true; }
}

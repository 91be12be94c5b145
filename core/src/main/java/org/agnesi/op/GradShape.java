package org.agnesi.op;

import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// `x` itself, with another derivative than 1: a surrogate, whose derivative is not that of its value.
public interface GradShape extends Unary {
    @Override default double eval(double x) { return x; }
    @Override default long eval(long x) { return x; }
    @Override default boolean keepsIntegers() { return true; }
    @Override default Scalar code(Scalar x) { return x; }
    @Override default Expr derivative(Expr x, Expr y) { return Constant.of(1, x.type().dtype().floating()); }
}

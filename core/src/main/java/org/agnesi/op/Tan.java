package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise tangent of radians.
public record Tan() implements Unary {
    public static Expr tan(Expr x) { return new Tan().apply(x); }

    @Override public double eval(double x) { return StrictMath.tan(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Add.add(constant(1), Sqr.sqr(y)); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.TAN, x); }
}

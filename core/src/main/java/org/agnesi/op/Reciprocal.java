package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise `1 / x`.
public record Reciprocal() implements Unary {
    public static Expr reciprocal(Expr x) { return new Reciprocal().apply(x); }

    @Override public double eval(double x) { return 1 / x; }
    @Override public Expr derivative(Expr x, Expr y) { return Neg.neg(Sqr.sqr(y)); }
    @Override public List<Double> powers(List<Expr> in) { return List.of(-1.0); }
    @Override public Scalar code(Scalar x) { return Scalar.div(Scalar.like(x, 1), x); }
}

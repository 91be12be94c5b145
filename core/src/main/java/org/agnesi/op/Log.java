package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The elementwise natural logarithm `ln x`.
public record Log() implements Unary {
    public static Expr log(Expr x) { return new Log().apply(x); }

    @Override public double eval(double x) { return StrictMath.log(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Div.div(Constant.constant(1), x); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.symmetric(g -> Div.div(g, in.getFirst()))); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.LOG, x); }
}

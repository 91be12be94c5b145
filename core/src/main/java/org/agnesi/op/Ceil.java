package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The smallest integer from x on, in the dtype of x; its derivative counts as 0 at the steps too.
public record Ceil() implements Unary {
    public static Expr ceil(Expr x) { return new Ceil().apply(x); }

    @Override public double eval(double x) { return Math.ceil(x); }
    @Override public long eval(long x) { return x; }
    @Override public boolean keepsIntegers() { return true; }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Expr derivative(Expr x, Expr y) { return Constant.of(0, x.type().dtype().floating()); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.zero()); }
    @Override public Scalar code(Scalar x) { return x.dtype().isFloating() ? Scalar.call(UnaryFunction.CEIL, x) : x; }
}

package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The elementwise sign −1, 0 or 1; zeros keep theirs, NaN stays NaN. Its derivative counts as 0 at the jump too.
public record Sign() implements Unary {
    public static Expr sign(Expr x) { return new Sign().apply(x); }

    @Override public double eval(double x) { return Math.signum(x); }
    @Override public long eval(long x) { return Long.signum(x); }
    @Override public boolean keepsIntegers() { return true; }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Expr derivative(Expr x, Expr y) { return Constant.of(0, x.type().dtype().floating()); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.zero()); }
    @Override public Scalar code(Scalar x) { return Scalar.sign(x); }
}

package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise square `x²`.
public record Sqr() implements Unary {
    public static Expr sqr(Expr x) { return new Sqr().apply(x); }

    @Override public double eval(double x) { return x * x; }
    @Override public Expr derivative(Expr x, Expr y) { return Mul.mul(constant(2), x); }
    @Override public Scalar code(Scalar x) { return Scalar.mul(x, x); }
    @Override public long eval(long x) { return x * x; }
    @Override public boolean keepsIntegers() { return true; }
    @Override public List<Double> powers(List<Expr> in) { return List.of(2.0); }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return y.type().dtype().isFloating(); }
}

package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;

/// The elementwise magnitude `|x|`; its derivative at the kink 0 is 0.
public record Abs() implements Unary {
    public static Expr abs(Expr x) { return new Abs().apply(x); }

    @Override public double eval(double x) { return Math.abs(x); }
    @Override public Expr derivative(Expr x, Expr y) { return Sign.sign(x); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.ABS, x); }
    @Override public long eval(long x) { return Math.abs(x); }
    @Override public boolean keepsIntegers() { return true; }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return y.type().dtype().isFloating(); }
}

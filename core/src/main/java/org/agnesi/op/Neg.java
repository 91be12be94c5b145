package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The elementwise negation `−x`.
public record Neg() implements Unary {
    public static Expr neg(Expr x) { return new Neg().apply(x); }

    @Override public double eval(double x) { return -x; }
    @Override public long eval(long x) { return -x; }
    @Override public boolean keepsIntegers() { return true; }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Expr derivative(Expr x, Expr y) { return Constant.of(-1, y.type().dtype().floating()); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.symmetric(Neg::neg)); }
    @Override public Scalar code(Scalar x) { return Scalar.call(UnaryFunction.NEG, x); }
    @Override public List<Integer> signs(List<Expr> in) { return List.of(-1); }
    @Override public Symbol symbol() { return new Symbol.Prefix("-"); }
}

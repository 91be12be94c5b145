package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The elementwise difference `a − b`.
public record Sub() implements Binary {
    public static Expr sub(Expr a, Expr b) { return new Sub().apply(a, b); }

    @Override public double eval(double a, double b) { return a - b; }
    @Override public long eval(long a, long b) { return a - b; }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.sub(a, b); }
    @Override public List<Integer> signs(List<Expr> in) { return List.of(1, -1); }
    @Override public Symbol symbol() { return Symbol.infix("-", Symbol.SUM); }

    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(Partial.symmetric(g -> g), Partial.symmetric(Neg::neg));
    }
}

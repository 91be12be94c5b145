package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.Integers;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The remainder `a − b·⌊a / b⌋`, with the sign of b, as Python's `%`; integers by 0 give 0.
public record Rem() implements Binary {
    public static Expr rem(Expr a, Expr b) { return new Rem().apply(a, b); }

    @Override public double eval(double a, double b) { return Elementary.apply(BinaryFunction.REM, a, b); }
    @Override public long eval(long a, long b) { return Integers.apply(BinaryFunction.REM, DType.INT64, a, b); }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.rem(a, b); }
    @Override public Symbol symbol() { return Symbol.infix("%", Symbol.PRODUCT); }

    /// The quotient counts as constant, at the jumps too.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(Partial.symmetric(g -> g), Partial.symmetric(g -> Neg.neg(Mul.mul(g, IntDiv.intDiv(a, b)))));
    }
}

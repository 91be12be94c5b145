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

/// The quotient rounded down, `⌊a / b⌋`, as Python's `//`; integers by 0 give 0. Its derivative counts as 0 at the steps too.
public record IntDiv() implements Binary {
    public static Expr intDiv(Expr a, Expr b) { return new IntDiv().apply(a, b); }

    @Override public double eval(double a, double b) { return Elementary.apply(BinaryFunction.FLOOR_DIV, a, b); }
    @Override public long eval(long a, long b) { return Integers.apply(BinaryFunction.FLOOR_DIV, DType.INT64, a, b); }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.floorDiv(a, b); }
    @Override public Symbol symbol() { return Symbol.infix("//", Symbol.PRODUCT); }
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) { return List.of(Partial.zero(), Partial.zero()); }
}

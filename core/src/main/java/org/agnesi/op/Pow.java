package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The elementwise power `aᵇ`; integers stay integers where the exponent is a non-negative integer, else the result is 0.
public record Pow() implements Binary {
    public static Expr pow(Expr a, Expr b) { return new Pow().apply(List.of(a, b)); }

    /// 1 to any power is 1, as in C and unlike Java. StrictMath is off by up to 600 ulp where |b| > 2³¹ and |a| is within 2⁻²⁰
    /// of 1; kernels are not, and are no worse than 1 ulp there.
    @Override public double eval(double a, double b) { return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b); }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.call(BinaryFunction.POW, a, b); }
    @Override public Symbol symbol() { return Symbol.infix("**", Symbol.POWER); }

    @Override public long eval(long a, long b) {
        if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
        long power = 1;
        for (long base = a, left = b; left > 0; left >>= 1, base *= base) if ((left & 1) == 1) power *= base;
        return power;
    }

    /// `∂y/∂a = b·a^(b−1)`, which is 0 for the exponent 0 even at a = 0; `∂y/∂b = y·ln a`, taken as 0 where a = 0.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            isZero(b) ? Partial.zero() : Partial.symmetric(g -> Mul.mul(Mul.mul(g, b), pow(a, Sub.sub(b, constant(1))))),
            Partial.symmetric(g -> Mul.mul(Mul.mul(g, y), Where.where(Compare.eq(a, constant(0)), constant(0), Log.log(a)))));
    }

    /// Whether `b` is the literal 0, also repeated to a's shape.
    private static boolean isZero(Expr b) {
        return b.isConstant(0) || b.node().op() instanceof BroadcastTo && b.node().arg(0).isConstant(0);
    }
}

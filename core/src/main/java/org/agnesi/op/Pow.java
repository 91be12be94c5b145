package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.Tangents;
import org.jspecify.annotations.Nullable;

/// The elementwise power `aᵇ`; integers stay integers where the exponent is a non-negative integer, else the result is 0.
public record Pow() implements Binary {
    private static final int LARGE = 4;

    public static Expr pow(Expr a, Expr b) { return new Pow().apply(a, b); }

    /// 1 to any power is 1, as in C and unlike Java. StrictMath is off by up to 600 ulp where |b| > 2³¹ and |a| is within 2⁻²⁰
    /// of 1; kernels are not, and are no worse than 1 ulp there.
    @Override public double eval(double a, double b) { return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b); }
    @Override public DType compute(List<DType> in) { return new Add().compute(in); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.call(BinaryFunction.POW, a, b); }
    @Override public Symbol symbol() { return Symbol.infix("**", Symbol.POWER); }

    /// Known for a literal.
    @Override public List<Double> powers(List<Expr> in) {
        double n = exponent(in.get(1));
        return Double.isFinite(n) ? List.of(n, 0.0) : List.of();
    }

    @Override public long eval(long a, long b) {
        if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
        long power = 1;
        for (long base = a, left = b; left > 0; left >>= 1, base *= base) if ((left & 1) == 1) power *= base;
        return power;
    }

    /// `∂y/∂a = b·a^(b−1)`, which is 0 for the exponent 0 even at a = 0; `∂y/∂b = y·ln a`, taken as 0 where a = 0.
    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(
            exponent(b) == 0 ? Partial.zero() : Partial.symmetric(g -> Mul.mul(Mul.mul(g, b), pow(a, Sub.sub(b, constant(1))))),
            Partial.symmetric(g -> Mul.mul(Mul.mul(g, y), Where.where(Compare.eq(a, constant(0)), constant(0), Log.log(a)))));
    }

    /// `y′ = n·aⁿ⁻¹·a′` for literals n, halves for large ones, so that polynomials are right at 0; else `a·y′ = y·(b·a′ + b′·a·ln a)`.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        var a = Cast.cast(node.arg(0), node.result(0).type().dtype());
        var b = node.arg(1);
        double n = exponent(b);
        if (k == 1) return List.of(jets.pushed(node, k));
        if (n > LARGE && n == Math.rint(n)) return List.of(jets.through(node, k, () -> List.of(halves(a, n))));
        return List.of(jets.byRate(node, k, () -> n > 0 ? literal(jets.rate(node.arg(0)), a, n) : logarithmic(jets, node, a)));
    }

    private static Expr halves(Expr a, double n) {
        var half = Sqr.sqr(pow(a, constant(Math.floor(n / 2))));
        return n % 2 == 0 ? half : Mul.mul(half, a);
    }

    private static @Nullable Expr literal(@Nullable Expr da, Expr a, double n) {
        return da == null ? null : n == 1 ? da : Mul.mul(Mul.mul(da, constant(n)), pow(a, constant(n - 1)));
    }

    private static @Nullable Expr logarithmic(Jets jets, Node node, Expr a) {
        var da = jets.rate(node.arg(0));
        var db = jets.rate(node.arg(1));
        var sum = Tangents.add(da == null ? null : Div.div(Mul.mul(node.arg(1), da), a), db == null ? null : Mul.mul(db, Log.log(a)));
        return sum == null ? null : Mul.mul(node.result(0), sum);
    }

    /// The number that `b` is, also repeated to a's shape; NaN where it is none.
    private static double exponent(Expr b) {
        var e = b.node().op() instanceof BroadcastTo ? b.node().arg(0) : b;
        return e.node().op() instanceof Constant(var value, var _) && value.rank() == 0 ? value.toDouble() : Double.NaN;
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) {
        return y.type().dtype().isFloating() && (exponent(in.get(1)) % 2 == 0 || of.test(in.getFirst()));
    }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.signed;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.ge;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.ne;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of asin, acos, atan and atan2.
final class InverseCircular {
    private static final Constant PI = new Constant(0x1.921fb54442d18p1, 0x1.921fb6p1);
    private static final Constant PI_LOW = new Constant(0x1.1a62633145c07p-53, -0x1.777a5cp-24);
    /// What ¾ PI, rounded, lacks to ¾ π.
    private static final Constant THREE_QUARTERS_LOW = new Constant(0x1.a79394c9e8a0ap-54, -0x1.99bc5cp-28);
    /// Beyond it atan does not change.
    private static final Constant LARGE = new Constant(1e300, 1e30);
    private static final Constant SMALLEST = new Constant(0x1p-500, 0x1p-60);
    private static final Constant LARGEST = new Constant(0x1p500, 0x1p60);
    /// Below it what a quotient leaves may be subnormal.
    private static final Constant TINY = new Constant(0x1p-960, 0x1p-100);
    /// (atan r − r) / r³ in r² for r ≤ ½; by Remez's algorithm, to 2⁻⁵⁸ of atan r.
    private static final Polynomial ATAN = Polynomial.wide(
        -0x1.5555555555516p-2, 0x1.9999999991153p-3, -0x1.249249215e2a9p-3, 0x1.c71c7090fc482p-4, -0x1.745cf4cccd922p-4,
        0x1.3b113dd670e45p-4, -0x1.10f31fd9bba57p-4, 0x1.dfe9809217ba7p-5, -0x1.a39887e5f7a52p-5, 0x1.56f619009f1e6p-5,
        -0x1.c180bb08c4a02p-6, 0x1.4b852bde555f5p-7)
        .narrow(-0x1.555554p-2, 0x1.99983ep-3, -0x1.246240p-3, 0x1.c18fbap-4, -0x1.4c06aep-4, 0x1.4a5f2ap-5);
    /// (asin r − r) / r³ in r² for r ≤ ½; to 2⁻⁵⁸ of asin r.
    private static final Polynomial ASIN = Polynomial.wide(
        0x1.5555555555577p-3, 0x1.333333332e089p-4, 0x1.6db6db721a0e2p-5, 0x1.f1c71a92150e6p-6, 0x1.6e8bdf31cb124p-6,
        0x1.1c49ea8ee5394p-6, 0x1.ca201af78e947p-7, 0x1.7580ee943f50cp-7, 0x1.6156d952407cbp-7, 0x1.e4609adf88e01p-9,
        0x1.6419f12fd0e8dp-6, -0x1.58b270283c4f8p-6, 0x1.0b806116c90f4p-5)
        .narrow(0x1.555554p-3, 0x1.3335fcp-4, 0x1.6cf73ap-5, 0x1.02bc4ap-5, 0x1.eee808p-7, 0x1.2d5460p-5);

    private InverseCircular() {}

    static Scalar atan(Scalar x) {
        var one = like(x, 1);
        var angle = Angle.of(select(gt(abs(x), LARGE.like(x)), LARGE.like(x), abs(x)), one);
        return signed(angle.after(angle.turn(PI), angle.turn(PI_LOW), one), x);
    }

    /// The angle of (|x|, |y|), or what is missing to π.
    static Scalar atan2(Scalar y, Scalar x) {
        var angle = Angle.of(abs(y), abs(x));
        var in = Format.of(x);
        var left = lt(in.bits(x), in.word(0));
        var turn = select(left, angle.turn(PI.like(x), PI.like(x, 0.75), PI.like(x, 0.5)), angle.turn(PI));
        var low = select(left, angle.turn(PI_LOW.like(x), THREE_QUARTERS_LOW.like(x), PI_LOW.like(x, 0.5)), angle.turn(PI_LOW));
        var whole = angle.after(turn, low, select(left, like(x, -1), like(x, 1)));
        var tiny = and(lt(abs(y), TINY.like(y)), ne(y, like(y, 0)));
        return rare(or(tiny, isFar(add(abs(y), abs(x)))), call(BinaryFunction.ATAN2_FAR, y, x), signed(whole, y));
    }

    /// One comparison of bits, as unsigned numbers: sizes that are not between the smallest and the largest.
    private static Scalar isFar(Scalar size) {
        var in = Format.of(size);
        long smallest = in.bits(SMALLEST.in(in));
        long largest = in.bits(LARGEST.in(in));
        return ge(add(in.bits(size), in.word(in.sign() - smallest)), in.word(in.sign() + largest - smallest));
    }

    /// The angle of the point (x, y) with x, y ≥ 0 turned back by 0, π/4 or π/2, so that its slope is at most ½.
    private record Angle(Scalar low, Scalar high, Pair slope) {
        static Angle of(Scalar y, Scalar x) {
            var low = le(add(y, y), x);
            var high = gt(y, add(x, x));
            var sum = fastSum(x, y);
            var above = select(low, y, select(high, neg(x), sub(y, x)));
            var below = new Pair(select(low, x, select(high, y, sum.high())), select(or(low, high), like(x, 0), sum.low()));
            return new Angle(low, high, quotient(new Pair(above, like(x, 0)), below));
        }

        /// 0, an eighth or a quarter of a whole turn, half of which is π.
        Scalar turn(Constant pi) {
            var t = slope.high();
            return turn(like(t, 0), pi.like(t, 0.25), pi.like(t, 0.5));
        }

        Scalar turn(Scalar none, Scalar eighth, Scalar quarter) { return select(low, none, select(high, quarter, eighth)); }

        /// The turn and the angle that is left, times the sign.
        Scalar after(Scalar turn, Scalar turnLow, Scalar sign) {
            var t = slope.high();
            var z = mul(t, t);
            var whole = fastSum(turn, mul(sign, t));
            var rest = fma(mul(t, z), ATAN.at(z), slope.low());
            return add(whole.high(), add(whole.low(), fma(sign, rest, turnLow)));
        }
    }

    /// asin |x|, or π/2 − 2 asin √((1 − |x|) / 2) where |x| > ½.
    static Scalar asin(Scalar x) {
        var half = Half.of(x);
        var minusTwo = like(x, -2);
        var rest = fastSum(PI.like(x, 0.5), mul(half.r, minusTwo));
        var above = add(rest.high(), add(rest.low(), fma(half.low, minusTwo, PI_LOW.like(x, 0.5))));
        return signed(select(half.above, above, add(half.r, half.low)), x);
    }

    /// π/2 − asin x, or 2 asin √((1 − |x|) / 2), or π less that where x < −½.
    static Scalar acos(Scalar x) {
        var half = Half.of(x);
        var left = lt(x, like(x, 0));
        var sign = select(left, like(x, -1), like(x, 1));
        var factor = select(half.above, mul(sign, like(x, 2)), neg(sign));
        var turns = select(half.above, select(left, like(x, 2), like(x, 0)), like(x, 1));
        var sum = fastSum(mul(turns, PI.like(x, 0.5)), mul(factor, half.r));
        return add(sum.high(), add(sum.low(), fma(half.low, factor, mul(turns, PI_LOW.like(x, 0.5)))));
    }

    /// asin of |x|, or of √((1 − |x|) / 2) where |x| > ½, as a pair; NaN where |x| > 1.
    private record Half(Scalar above, Scalar r, Scalar low) {
        static Half of(Scalar x) {
            var a = abs(x);
            var above = gt(a, like(x, 0.5));
            var z = select(above, fma(a, like(x, -0.5), like(x, 0.5)), mul(a, a));
            var root = Scalar.sqrt(z);
            var r = select(above, root, a);
            var lost = select(above, div(fma(neg(root), root, z), add(mul(root, like(x, 2)), Logarithms.TINY.like(x))), like(x, 0));
            return new Half(above, r, fma(mul(r, z), ASIN.at(z), lost));
        }
    }
}

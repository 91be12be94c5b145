package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.c;
import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.polynomial;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.signed;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.bits;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.ge;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.array.DType;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of asin, acos, atan and atan2.
final class InverseCircular {
    private static final double PI = 0x1.921fb54442d18p1;
    /// Beyond it atan does not change.
    private static final double LARGE = 1e300;
    private static final double PI_LOW = 0x1.1a62633145c07p-53;
    /// What 3 (π/4) lacks to ¾ π, PI being what it is.
    private static final double THREE_QUARTERS_LOW = 0x1.a79394c9e8a0ap-54;
    private static final long SMALLEST = Double.doubleToRawLongBits(0x1p-500);
    private static final long LARGEST = Double.doubleToRawLongBits(0x1p500);
    /// (atan r − r) / r³ in r² for r ≤ ½; by Remez's algorithm, to 2⁻⁵⁸ of atan r.
    private static final double[] ATAN = {
        -0x1.5555555555516p-2, 0x1.9999999991153p-3, -0x1.249249215e2a9p-3, 0x1.c71c7090fc482p-4, -0x1.745cf4cccd922p-4,
        0x1.3b113dd670e45p-4, -0x1.10f31fd9bba57p-4, 0x1.dfe9809217ba7p-5, -0x1.a39887e5f7a52p-5, 0x1.56f619009f1e6p-5,
        -0x1.c180bb08c4a02p-6, 0x1.4b852bde555f5p-7};
    /// (asin r − r) / r³ in r² for r ≤ ½; to 2⁻⁵⁸ of asin r.
    private static final double[] ASIN = {
        0x1.5555555555577p-3, 0x1.333333332e089p-4, 0x1.6db6db721a0e2p-5, 0x1.f1c71a92150e6p-6, 0x1.6e8bdf31cb124p-6,
        0x1.1c49ea8ee5394p-6, 0x1.ca201af78e947p-7, 0x1.7580ee943f50cp-7, 0x1.6156d952407cbp-7, 0x1.e4609adf88e01p-9,
        0x1.6419f12fd0e8dp-6, -0x1.58b270283c4f8p-6, 0x1.0b806116c90f4p-5};

    private InverseCircular() {}

    static Scalar atan(Scalar x) {
        var angle = Angle.of(select(gt(abs(x), c(LARGE)), c(LARGE), abs(x)), c(1.0));
        return signed(angle.after(angle.turn(0, PI / 4, PI / 2), angle.turn(0, PI_LOW / 4, PI_LOW / 2), c(1.0)), x);
    }

    /// The angle of (|x|, |y|), or what is missing to π.
    static Scalar atan2(Scalar y, Scalar x) {
        var angle = Angle.of(abs(y), abs(x));
        var left = lt(bits(DType.INT64, x), c(0L));
        var turn = select(left, angle.turn(PI, 3 * (PI / 4), PI / 2), angle.turn(0, PI / 4, PI / 2));
        var low = select(left, angle.turn(PI_LOW, THREE_QUARTERS_LOW, PI_LOW / 2), angle.turn(0, PI_LOW / 4, PI_LOW / 2));
        var whole = angle.after(turn, low, select(left, c(-1.0), c(1.0)));
        // One comparison of bits, as unsigned numbers: sizes from 2⁻⁵⁰⁰ to 2⁵⁰⁰.
        var size = add(bits(DType.INT64, add(abs(y), abs(x))), c(Long.MIN_VALUE - SMALLEST));
        return rare(ge(size, c(Long.MIN_VALUE + LARGEST - SMALLEST)), call(BinaryFunction.ATAN2_FAR, y, x), signed(whole, y));
    }

    /// The angle of the point (x, y) with x, y ≥ 0 turned back by 0, π/4 or π/2, so that its slope is at most ½.
    private record Angle(Scalar low, Scalar high, Pair slope) {
        static Angle of(Scalar y, Scalar x) {
            var low = le(add(y, y), x);
            var high = gt(y, add(x, x));
            var sum = fastSum(x, y);
            var above = select(low, y, select(high, neg(x), sub(y, x)));
            var below = new Pair(select(low, x, select(high, y, sum.high())), select(or(low, high), c(0.0), sum.low()));
            return new Angle(low, high, quotient(new Pair(above, c(0.0)), below));
        }

        Scalar turn(double none, double eighth, double quarter) { return select(low, c(none), select(high, c(quarter), c(eighth))); }

        /// The turn and the angle that is left, times the sign.
        Scalar after(Scalar turn, Scalar turnLow, Scalar sign) {
            var t = slope.high();
            var z = mul(t, t);
            var whole = fastSum(turn, mul(sign, t));
            var rest = fma(mul(t, z), polynomial(z, ATAN), slope.low());
            return add(whole.high(), add(whole.low(), fma(sign, rest, turnLow)));
        }
    }

    /// asin |x|, or π/2 − 2 asin √((1 − |x|) / 2) where |x| > ½.
    static Scalar asin(Scalar x) {
        var half = Half.of(x);
        var rest = fastSum(c(PI / 2), mul(half.r, c(-2.0)));
        var above = add(rest.high(), add(rest.low(), fma(half.low, c(-2.0), c(PI_LOW / 2))));
        return signed(select(half.above, above, add(half.r, half.low)), x);
    }

    /// π/2 − asin x, or 2 asin √((1 − |x|) / 2), or π less that where x < −½.
    static Scalar acos(Scalar x) {
        var half = Half.of(x);
        var left = lt(x, c(0.0));
        var sign = select(left, c(-1.0), c(1.0));
        var factor = select(half.above, mul(sign, c(2.0)), neg(sign));
        var turns = select(half.above, select(left, c(2.0), c(0.0)), c(1.0));
        var sum = fastSum(mul(turns, c(PI / 2)), mul(factor, half.r));
        return add(sum.high(), add(sum.low(), fma(half.low, factor, mul(turns, c(PI_LOW / 2)))));
    }

    /// asin of |x|, or of √((1 − |x|) / 2) where |x| > ½, as a pair; NaN where |x| > 1.
    private record Half(Scalar above, Scalar r, Scalar low) {
        static Half of(Scalar x) {
            var a = abs(x);
            var above = gt(a, c(0.5));
            var z = select(above, fma(a, c(-0.5), c(0.5)), mul(a, a));
            var root = Scalar.sqrt(z);
            var r = select(above, root, a);
            var lost = select(above, div(fma(neg(root), root, z), add(mul(root, c(2.0)), c(Double.MIN_NORMAL))), c(0.0));
            return new Half(above, r, fma(mul(r, z), polynomial(z, ASIN), lost));
        }
    }
}

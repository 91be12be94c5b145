package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.c;
import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.polynomial;
import static org.agnesi.kernel.Formulas.product;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.bits;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.shl;
import static org.agnesi.kernel.Scalar.shr;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.array.DType;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of eˣ and eˣ − 1.
///
/// x = k log 2 + r with |r| ≤ log 2 / 2 (Cody and Waite 1980): adding and taking away 1.5 · 2⁵² rounds to k, and leaves k
/// in the low bits. log 2 has a first part of 42 bits, so its product with k is exact.
final class Exponentials {
    static final double SHIFT = 0x1.8p52;
    static final double LN2_HIGH = 0x1.62e42fefa38p-1;
    static final double LN2_LOW = 0x1.ef35793c7673p-45;
    private static final double LOG2_E = 0x1.71547652b82fep0;
    /// Above it 2ᵏ may be too large, below its negative too small, for one number.
    static final double FAR = 708;
    /// (eʳ − 1 − r) / r² for |r| ≤ log 2 / 2; by Remez's algorithm, to 2⁻⁶⁰ of eʳ.
    private static final double[] TAIL = {
        0x1.0000000000000p-1, 0x1.555555555555bp-3, 0x1.5555555555503p-5, 0x1.111111110ec5ep-7, 0x1.6c16c16c3048cp-10,
        0x1.a01a01b37e289p-13, 0x1.a01a0136902acp-16, 0x1.71ddf020da76dp-19, 0x1.27e5b44362ffdp-22, 0x1.af6be7f29f015p-26,
        0x1.1e3d3365b9aa5p-29};
    /// The same with one term more, to 2⁻⁶⁰ of eʳ − 1.
    private static final double[] SMALL_TAIL = {
        0x1.0000000000000p-1, 0x1.5555555555555p-3, 0x1.5555555555559p-5, 0x1.1111111111118p-7, 0x1.6c16c16c14a73p-10,
        0x1.a01a01a014634p-13, 0x1.a01a01aec0806p-16, 0x1.71de3a74c07d2p-19, 0x1.27e4c9d6f9936p-22, 0x1.ae63b74e9023ep-26,
        0x1.1f8ef3af47313p-29, 0x1.627d63b187046p-33};
    /// (eʳ − 1 − r − r²/2) / (r³/2), to 2⁻⁵⁹ of eʳ − 1.
    private static final double[] CUBE_TAIL = {
        0x1.5555555555559p-2, 0x1.5555555555548p-4, 0x1.111111110f7f0p-6, 0x1.6c16c16c1cdfep-9, 0x1.a01a01af75545p-12,
        0x1.a01a0182b4a42p-15, 0x1.71ddf951ca6e9p-18, 0x1.27e52bc22f8ffp-21, 0x1.af5d27e4b1e5ap-25, 0x1.1ef4635e49f14p-28};

    private Exponentials() {}

    /// x = k log 2 + r + low; k in the low bits of an integer.
    record Reduced(Scalar k, Scalar r, Scalar low) {
        static Reduced of(Scalar x) {
            var t = fma(x, c(LOG2_E), c(SHIFT));
            var k = sub(t, c(SHIFT));
            var first = fma(k, c(-LN2_HIGH), x);
            var r = fma(k, c(-LN2_LOW), first);
            return new Reduced(bits(DType.INT64, t), r, fma(k, c(-LN2_LOW), sub(first, r)));
        }

        /// eʳ, without `low`.
        Scalar exp() {
            var one = fastSum(c(1.0), r);
            return add(one.high(), fma(mul(r, r), polynomial(r, TAIL), one.low()));
        }

        /// eʳ − 1 as a pair.
        private Pair expm1() { return fastSum(r, fma(mul(r, r), polynomial(r, SMALL_TAIL), low)); }

        /// The same with r²/2 exact, for where 1 is added and half of it cancels.
        private Pair expm1Fine() {
            var h = mul(r, c(0.5));
            var square = product(h, r);
            var cube = mul(square.high(), r);
            var sum = fastSum(r, square.high());
            var rest = fma(cube, polynomial(r, CUBE_TAIL), add(square.low(), low));
            return fastSum(sum.high(), add(sum.low(), rest));
        }

        /// e to the power of r + low.
        Scalar expOfBoth() {
            var e = expOfBothPair();
            return add(e.high(), e.low());
        }

        /// The same as a pair.
        Pair expOfBothPair() {
            var one = fastSum(c(1.0), r);
            return new Pair(one.high(), fma(mul(r, r), polynomial(r, TAIL), add(one.low(), fma(low, r, low))));
        }

        /// eˣ as a pair.
        Pair expPair() {
            var e = expm1();
            var power = power();
            var sum = fastSum(power, mul(power, e.high()));
            return new Pair(sum.high(), fma(power, e.low(), sum.low()));
        }

        /// eˣ − 1 as a pair.
        Pair expm1Scaled() {
            var power = power();
            return scaled(power, expm1Fine(), sum(power, c(-1.0)));
        }

        /// The same where x is not above 0.
        Pair expm1ScaledBelow() {
            var power = power();
            return scaled(power, expm1(), fastSum(c(-1.0), power));
        }

        private static Pair scaled(Scalar power, Pair e, Pair less) {
            var sum = fastSum(less.high(), mul(power, e.high()));
            return new Pair(sum.high(), fma(power, e.low(), add(sum.low(), less.low())));
        }

        /// 2ᵏ
        Scalar power() { return bits(DType.FLOAT64, add(shl(k, c(52L)), c(ONE))); }

        /// `y` 2ᵏ, where the result is normal.
        Scalar scaled(Scalar y) { return bits(DType.FLOAT64, add(bits(DType.INT64, y), shl(k, c(52L)))); }

        /// `y` 2ᵏ in two steps, since 2ᵏ may be too small or too large for one.
        Scalar scaledTwice(Scalar y) {
            var half = shr(sub(k, c(Double.doubleToRawLongBits(SHIFT))), c(1L));
            return mul(mul(y, power(half)), power(sub(k, half)));
        }

        private static Scalar power(Scalar k) { return bits(DType.FLOAT64, add(shl(k, c(52L)), c(ONE))); }
    }

    private static final long ONE = Double.doubleToRawLongBits(1);

    static Scalar exp(Scalar x) {
        var reduced = Reduced.of(x);
        var y = reduced.exp();
        return rare(not(le(abs(x), c(FAR))), far(x, reduced.scaledTwice(y)), reduced.scaled(y));
    }

    /// Infinity above 710, 0 below −746.
    static Scalar far(Scalar x, Scalar scaled) {
        return overflowing(x, select(lt(x, c(-746.0)), c(0.0), scaled));
    }

    static Scalar expm1(Scalar x) {
        var reduced = Reduced.of(x);
        var e = reduced.expm1Scaled();
        var far = select(lt(x, c(0.0)), c(-1.0), overflowing(x, reduced.scaledTwice(reduced.exp())));
        return rare(not(le(abs(x), c(FAR))), far, keepingZero(x, add(e.high(), e.low())));
    }

    /// Infinity above 710.
    private static Scalar overflowing(Scalar x, Scalar y) { return select(gt(x, c(710.0)), c(Double.POSITIVE_INFINITY), y); }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.product;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.shr;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of eˣ and eˣ − 1.
///
/// x = k log 2 + r with |r| ≤ log 2 / 2 (Cody and Waite 1980): adding and taking away 1.5 · 2⁵², or 2²³, rounds to k, and
/// leaves k in the low bits. log 2 has a first part of 42 bits, or 16, so its product with k is exact.
final class Exponentials {
    static final Constant SHIFT = new Constant(0x1.8p52, 0x1.8p23);
    static final Constant LN2_HIGH = new Constant(0x1.62e42fefa38p-1, 0x1.62e4p-1);
    static final Constant LN2_LOW = new Constant(0x1.ef35793c7673p-45, 0x1.7f7d1cp-20);
    private static final double LOG2_E = 0x1.71547652b82fep0;
    /// Above it 2ᵏ may be too large, below its negative too small, for one number.
    static final Constant FAR = new Constant(708, 87);
    /// Above it eˣ is infinite, with room.
    private static final Constant INFINITE = new Constant(710, 89);
    /// Below it eˣ is 0, with room.
    private static final Constant NONE = new Constant(-746, -104.5);
    /// (eʳ − 1 − r) / r² for |r| ≤ log 2 / 2; by Remez's algorithm, to 2⁻⁶⁰ of eʳ.
    private static final Polynomial TAIL = Polynomial.wide(
        0x1.0000000000000p-1, 0x1.555555555555bp-3, 0x1.5555555555503p-5, 0x1.111111110ec5ep-7, 0x1.6c16c16c3048cp-10,
        0x1.a01a01b37e289p-13, 0x1.a01a0136902acp-16, 0x1.71ddf020da76dp-19, 0x1.27e5b44362ffdp-22, 0x1.af6be7f29f015p-26,
        0x1.1e3d3365b9aa5p-29)
        .narrow(0x1p-1, 0x1.55549ap-3, 0x1.555670p-5, 0x1.12366ep-7, 0x1.6b9366p-10);
    /// The same with one term more, to 2⁻⁶⁰ of eʳ − 1.
    private static final Polynomial SMALL_TAIL = Polynomial.wide(
        0x1.0000000000000p-1, 0x1.5555555555555p-3, 0x1.5555555555559p-5, 0x1.1111111111118p-7, 0x1.6c16c16c14a73p-10,
        0x1.a01a01a014634p-13, 0x1.a01a01aec0806p-16, 0x1.71de3a74c07d2p-19, 0x1.27e4c9d6f9936p-22, 0x1.ae63b74e9023ep-26,
        0x1.1f8ef3af47313p-29, 0x1.627d63b187046p-33)
        .narrow(0x1p-1, 0x1.555556p-3, 0x1.5554fap-5, 0x1.11107ep-7, 0x1.6d3982p-10, 0x1.a12f94p-13);
    /// (eʳ − 1 − r − r²/2) / (r³/2), to 2⁻⁵⁹ of eʳ − 1.
    private static final Polynomial CUBE_TAIL = Polynomial.wide(
        0x1.5555555555559p-2, 0x1.5555555555548p-4, 0x1.111111110f7f0p-6, 0x1.6c16c16c1cdfep-9, 0x1.a01a01af75545p-12,
        0x1.a01a0182b4a42p-15, 0x1.71ddf951ca6e9p-18, 0x1.27e52bc22f8ffp-21, 0x1.af5d27e4b1e5ap-25, 0x1.1ef4635e49f14p-28)
        .narrow(0x1.555556p-2, 0x1.5554f8p-4, 0x1.11107ep-6, 0x1.6d3bc0p-9, 0x1.a1303ep-12);

    private Exponentials() {}

    /// x = k log 2 + r + low; k in the low bits of an integer.
    record Reduced(Scalar k, Scalar r, Scalar low) {
        static Reduced of(Scalar x) { return of(x, 1, SHIFT); }

        /// The same of half a logarithm, `times` being 2: `times` x = k log 2 + …. What `shift` is above SHIFT is added to k's bits.
        static Reduced of(Scalar x, int times, Constant shift) {
            var low = LN2_LOW.like(x, 1.0 / times);
            var t = fma(x, like(x, times * LOG2_E), shift.like(x));
            var minus = sub(shift.like(x), t);
            var first = fma(minus, LN2_HIGH.like(x, 1.0 / times), x);
            var r = fma(minus, low, first);
            return new Reduced(Format.of(x).bits(t), r, fma(minus, low, sub(first, r)));
        }

        /// eʳ, without `low`.
        Scalar exp() {
            var one = fastSum(like(r, 1), r);
            return add(one.high(), fma(mul(r, r), TAIL.at(r), one.low()));
        }

        /// eʳ − 1 as a pair.
        private Pair expm1() { return fastSum(r, fma(mul(r, r), SMALL_TAIL.at(r), low)); }

        /// The same with r²/2 exact, for where 1 is added and half of it cancels.
        private Pair expm1Fine() {
            var h = mul(r, like(r, 0.5));
            var square = product(h, r);
            var cube = mul(square.high(), r);
            var sum = fastSum(r, square.high());
            var rest = fma(cube, CUBE_TAIL.at(r), add(square.low(), low));
            return fastSum(sum.high(), add(sum.low(), rest));
        }

        /// e to the power of r + low.
        Scalar expOfBoth() {
            var e = expOfBothPair();
            return add(e.high(), e.low());
        }

        /// The same as a pair.
        Pair expOfBothPair() {
            var one = fastSum(like(r, 1), r);
            return new Pair(one.high(), fma(mul(r, r), TAIL.at(r), add(one.low(), fma(low, r, low))));
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
            var e = expm1Fine();
            var less = sum(power, like(r, -1));
            var sum = fastSum(less.high(), mul(power, e.high()));
            return new Pair(sum.high(), fma(power, e.low(), add(sum.low(), less.low())));
        }

        /// 2ᵏ
        Scalar power() { return power(k); }

        /// `y` 2ᵏ, where the result is normal.
        Scalar scaled(Scalar y) {
            var in = Format.of(y);
            return in.real(add(in.bits(y), in.atExponent(k)));
        }

        /// `y` 2ᵏ in two steps, since 2ᵏ may be too small or too large for one.
        Scalar scaledTwice(Scalar y) {
            var in = Format.of(y);
            var half = shr(sub(k, in.word(in.bits(SHIFT.in(in)))), in.word(1));
            return mul(mul(y, power(half)), power(sub(k, half)));
        }

        private static Scalar power(Scalar k) {
            var in = Format.of(k);
            return in.real(add(in.atExponent(k), in.word(in.bits(1.0))));
        }
    }

    static Scalar exp(Scalar x) {
        var reduced = Reduced.of(x);
        var y = reduced.exp();
        return rare(not(le(abs(x), FAR.like(x))), far(x, reduced.scaledTwice(y)), reduced.scaled(y));
    }

    static Scalar far(Scalar x, Scalar scaled) {
        return overflowing(x, select(lt(x, NONE.like(x)), like(x, 0), scaled));
    }

    static Scalar expm1(Scalar x) {
        var reduced = Reduced.of(x);
        var e = reduced.expm1Scaled();
        var far = select(lt(x, like(x, 0)), like(x, -1), overflowing(x, reduced.scaledTwice(reduced.exp())));
        return rare(not(le(abs(x), FAR.like(x))), far, keepingZero(x, add(e.high(), e.low())));
    }

    private static Scalar overflowing(Scalar x, Scalar y) {
        return select(gt(x, INFINITE.like(x)), like(x, Double.POSITIVE_INFINITY), y);
    }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.c;
import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.normal;
import static org.agnesi.kernel.Formulas.polynomial;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.bits;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.ne;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.shl;
import static org.agnesi.kernel.Scalar.sub;
import static org.agnesi.kernel.Scalar.xor;

import org.agnesi.array.DType;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of sin, cos and tan.
///
/// x = n π/2 + r with |r| ≤ π/4, where π/2 is the sum of three doubles (Cody and Waite 1980). x − n P₁ is exact by fma, as
/// both are multiples of the last place of P₁; the rest is kept as a pair. So it holds for |x| up to 2³⁰; beyond, 2/π is
/// needed to a thousand bits, which a call of [Elementary] does.
final class Circular {
    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    private static final double P1 = 0x1.921fb54442d18p0;
    private static final double P2 = 0x1.1a62633145c07p-54;
    private static final double P3 = -0x1.f1976b7ed8fbcp-110;
    private static final double FAR = 0x1p30;
    /// (sin r − r) / r³ in r² for |r| ≤ π/4; by Remez's algorithm, to 2⁻⁵⁶ of sin r.
    private static final double[] SIN = {
        -0x1.5555555555548p-3, 0x1.111111110f7d5p-7, -0x1.a01a019bfe7cep-13, 0x1.71de356835ad1p-19, -0x1.ae5e5acc9add3p-26,
        0x1.5d8fde458a57dp-33};
    /// (cos r − 1 + r²/2) / r⁴ in r² for |r| ≤ π/4; to 2⁻⁵⁹ of cos r.
    private static final double[] COS = {
        0x1.555555555554bp-5, -0x1.6c16c16c14f93p-10, 0x1.a01a019c8469dp-16, -0x1.27e4f7eacd15cp-22, 0x1.1ee9d7b526794p-29,
        -0x1.8fa4980fda2d3p-37};

    private Circular() {}

    /// An angle as quarter turns, in the low bits of an integer, and the rest as a pair.
    record Turn(Scalar quarters, Scalar r, Scalar low) {
        static Turn of(Scalar x) {
            var t = fma(x, c(TWO_OVER_PI), c(Exponentials.SHIFT));
            var n = sub(t, c(Exponentials.SHIFT));
            var first = fma(n, c(-P1), x);
            var w = mul(n, c(P2));
            var r = sub(first, w);
            var lost = fma(n, c(P3), fma(n, c(P2), neg(w)));
            return new Turn(bits(DType.INT64, t), r, sub(sub(sub(first, r), w), lost));
        }

        Pair sin() {
            var z = mul(r, r);
            return new Pair(r, fma(mul(r, z), polynomial(z, SIN), mul(low, fma(z, c(-0.5), c(1.0)))));
        }

        Pair cos() {
            var z = mul(r, r);
            var h = mul(r, c(-0.5));
            var one = fma(h, r, c(1.0));
            var rest = sub(fma(h, r, sub(c(1.0), one)), mul(r, low));
            return new Pair(one, fma(mul(z, z), polynomial(z, COS), rest));
        }

        /// sin r, or cos r after an odd number of quarters, with the sign that the number gives.
        Scalar sine(Scalar quarters) {
            var sin = sin();
            var cos = cos();
            var y = select(isOdd(quarters), add(cos.high(), cos.low()), add(sin.high(), sin.low()));
            return bits(DType.FLOAT64, xor(bits(DType.INT64, y), and(shl(quarters, c(62L)), c(Long.MIN_VALUE))));
        }
    }

    static Scalar sin(Scalar x) {
        var turn = Turn.of(x);
        return far(x, UnaryFunction.SIN_FAR, keepingZero(x, turn.sine(turn.quarters)));
    }

    static Scalar cos(Scalar x) {
        var turn = Turn.of(x);
        return far(x, UnaryFunction.COS_FAR, turn.sine(add(turn.quarters, c(1L))));
    }

    /// sin r / cos r, or −cos r / sin r.
    static Scalar tan(Scalar x) {
        var turn = Turn.of(x);
        var sin = normal(turn.sin());
        var cos = normal(turn.cos());
        var odd = isOdd(turn.quarters);
        var above = new Pair(select(odd, neg(cos.high()), sin.high()), select(odd, neg(cos.low()), sin.low()));
        var below = new Pair(select(odd, sin.high(), cos.high()), select(odd, sin.low(), cos.low()));
        var y = quotient(above, below);
        return far(x, UnaryFunction.TAN_FAR, keepingZero(x, add(y.high(), y.low())));
    }

    private static Scalar isOdd(Scalar n) { return ne(and(n, c(1L)), c(0L)); }

    private static Scalar far(Scalar x, UnaryFunction slow, Scalar y) { return rare(not(le(abs(x), c(FAR))), call(slow, x), y); }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.normal;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.ne;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.shl;
import static org.agnesi.kernel.Scalar.sub;
import static org.agnesi.kernel.Scalar.xor;

import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of sin, cos and tan.
///
/// x = n π/2 + r with |r| ≤ π/4, where π/2 is the sum of three floats (Cody and Waite 1980). x − n P₁ is exact by fma, as
/// both are multiples of the last place of P₁; the rest is kept as a pair. So it holds for |x| up to 2³⁰, in float32 2¹⁷; beyond, 2/π is
/// needed to a thousand bits, which a call of [Elementary] does.
final class Circular {
    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    private static final Constant MINUS_P1 = new Constant(-0x1.921fb54442d18p0, -0x1.921fb6p+0);
    private static final Constant P2 = new Constant(0x1.1a62633145c07p-54, -0x1.777a5cp-25);
    private static final Constant P3 = new Constant(-0x1.f1976b7ed8fbcp-110, -0x1.ee59dap-50);
    private static final Constant FAR = new Constant(0x1p30, 0x1p17);
    /// (sin r − r) / r³ in r² for |r| ≤ π/4; by Remez's algorithm, to 2⁻⁵⁶ of sin r.
    private static final Polynomial SIN = Polynomial.wide(
        -0x1.5555555555548p-3, 0x1.111111110f7d5p-7, -0x1.a01a019bfe7cep-13, 0x1.71de356835ad1p-19, -0x1.ae5e5acc9add3p-26,
        0x1.5d8fde458a57dp-33)
        .narrow(-0x1.555556p-3, 0x1.111168p-7, -0x1.a049e4p-13, 0x1.77a5c6p-19);
    /// (cos r − 1 + r²/2) / r⁴ in r² for |r| ≤ π/4; to 2⁻⁵⁹ of cos r.
    private static final Polynomial COS = Polynomial.wide(
        0x1.555555555554bp-5, -0x1.6c16c16c14f93p-10, 0x1.a01a019c8469dp-16, -0x1.27e4f7eacd15cp-22, 0x1.1ee9d7b526794p-29,
        -0x1.8fa4980fda2d3p-37)
        .narrow(0x1.555556p-5, -0x1.6c1246p-10, 0x1.9b699ep-16);

    private Circular() {}

    /// An angle as quarter turns, in the low bits of an integer, and the rest as a pair.
    record Turn(Scalar quarters, Scalar r, Scalar low) {
        static Turn of(Scalar x) {
            var t = fma(x, like(x, TWO_OVER_PI), Exponentials.SHIFT.like(x));
            var n = sub(t, Exponentials.SHIFT.like(x));
            var first = fma(n, MINUS_P1.like(x), x);
            var w = mul(n, P2.like(x));
            var r = sub(first, w);
            var lost = fma(n, P3.like(x), fma(n, P2.like(x), neg(w)));
            return new Turn(Format.of(x).bits(t), r, sub(sub(sub(first, r), w), lost));
        }

        Pair sin() {
            var z = mul(r, r);
            return new Pair(r, fma(mul(r, z), SIN.at(z), mul(low, fma(z, like(z, -0.5), like(z, 1)))));
        }

        Pair cos() {
            var z = mul(r, r);
            var h = mul(r, like(r, -0.5));
            var one = fma(h, r, like(r, 1));
            var rest = sub(fma(h, r, sub(like(r, 1), one)), mul(r, low));
            return new Pair(one, fma(mul(z, z), COS.at(z), rest));
        }

        /// sin r, or cos r after an odd number of quarters, with the sign that the number gives.
        Scalar sine(Scalar quarters) {
            var sin = sin();
            var cos = cos();
            var y = select(isOdd(quarters), add(cos.high(), cos.low()), add(sin.high(), sin.low()));
            var in = Format.of(y);
            var sign = and(shl(quarters, in.word(8 * in.word.bytes() - 2)), in.word(in.sign()));
            return in.real(xor(in.bits(y), sign));
        }
    }

    static Scalar sin(Scalar x) {
        var turn = Turn.of(x);
        return far(x, UnaryFunction.SIN_FAR, keepingZero(x, turn.sine(turn.quarters)));
    }

    static Scalar cos(Scalar x) {
        var turn = Turn.of(x);
        return far(x, UnaryFunction.COS_FAR, turn.sine(add(turn.quarters, like(turn.quarters, 1))));
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

    private static Scalar isOdd(Scalar n) { return ne(and(n, like(n, 1)), like(n, 0)); }

    private static Scalar far(Scalar x, UnaryFunction slow, Scalar y) { return rare(not(le(abs(x), FAR.like(x))), call(slow, x), y); }
}

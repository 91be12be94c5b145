package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.inverse;
import static org.agnesi.kernel.Formulas.plus;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.signed;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Exponentials.Reduced;
import org.agnesi.kernel.Format.Constant;

/// The programs of sinh, cosh and tanh, out of eᵃ, eᵃ − 1 or e²ᵃ with a = |x|.
final class Hyperbolic {
    /// Where tanh is 1 to the last place, with room.
    private static final Constant FLAT = new Constant(20, 10);
    /// Where eᵃ / 2 is infinite, with room.
    private static final Constant INFINITE = new Constant(711, 90);
    /// With it the shifted k is the exponent of −2ᵏ⁻¹.
    private static final Constant MINUS_HALVES = new Constant(0x1.8p52 + 0xBFE, 0x1.8p23 + 0x17E);
    /// (r coth r − 1) / r² in r² for |r| ≤ log 2 / 4; by Remez's algorithm, to 2⁻⁶¹ of e²ʳ.
    private static final Polynomial COTH = Polynomial.wide(
        0x1.5555555555543p-2, -0x1.6c16c16beddfbp-6, 0x1.1566aaf26334fp-9, -0x1.bbd4134cda665p-13, 0x1.63702ed4e138bp-16)
        .narrow(0x1.555516p-2, -0x1.6a9028p-6);
    /// About ⅞: how much of a is in tanh a without rounding; and its inverse, by which it is 1 to half as many bits again.
    private static final Constant PART = new Constant(0x1.c00000000001cp-1, 0x1.c0000ep-1);
    private static final Constant WHOLE = new Constant(0x1.2492492492480p0, 0x1.24924p0);
    /// `tanh a / a − PART` for a < 1 is the first of these by 1 + a² times the second, in a²; to 2⁻⁶⁰.
    private static final Polynomial NEAR_ABOVE = Polynomial.wide(
        0x1.fffffffffff20p-4, -0x1.19ed2c76896bfp-2, -0x1.2c0e55c767d9ep-6, -0x1.b77c1f0987b11p-13)
        .narrow(0x1.ffff90p-4, -0x1.1c7f16p-2, -0x1.a0ada0p-7);
    private static final Polynomial NEAR_BELOW = Polynomial.wide(
        0x1.db4146f65f57ap-2, 0x1.90d4e13b0c76ap-6, 0x1.07fdcdc8f894fp-12, -0x1.5f8f81bdfc810p-26)
        .narrow(0x1.c6b25ap-2, 0x1.016c5cp-6);

    private Hyperbolic() {}

    /// Near 0 a part of a and a small quotient beside it. Elsewhere 1 − 2 / (e²ᵃ + 1), another quotient: e²ᵃ is
    /// 2ᵏ (q + r) / (q − r) with q = r coth r. One division serves both, and what is small needs no pairs.
    static Scalar tanh(Scalar x) {
        var a = abs(x);
        var near = lt(a, like(a, 1));
        var z = mul(a, a);
        var reduced = Reduced.of(select(gt(a, FLAT.like(a)), FLAT.like(a), a), 2, MINUS_HALVES);
        var r = reduced.r();
        var q = onePlus(COTH, mul(r, r));
        var less = sub(q, r);
        var in = Format.of(x);
        var far = fma(in.real(in.atExponent(reduced.k())), add(q, r), mul(less, like(a, -0.5)));
        var quotient = div(select(near, mul(a, NEAR_ABOVE.at(z)), less), select(near, onePlus(NEAR_BELOW, z), far));
        return signed(fma(select(near, a, WHOLE.like(a)), PART.like(a), quotient), x);
    }

    /// `1 + p(x) x`, where only the last rounding is as large as the 1 makes it.
    private static Scalar onePlus(Polynomial p, Scalar x) { return fma(x, p.at(x), like(x, 1)); }

    /// (e + e / (e + 1)) / 2
    static Scalar sinh(Scalar x) {
        var a = abs(x);
        var reduced = Reduced.of(a);
        var e = reduced.expm1Scaled();
        var q = quotient(e, plus(sum(e.high(), like(a, 1)), e.low()));
        var sum = fastSum(e.high(), q.high());
        var y = mul(add(sum.high(), add(sum.low(), add(e.low(), q.low()))), like(a, 0.5));
        return signed(far(a, reduced, y), x);
    }

    /// (eᵃ + e⁻ᵃ) / 2
    static Scalar cosh(Scalar x) {
        var a = abs(x);
        var reduced = Reduced.of(a);
        var e = reduced.expPair();
        var q = inverse(e);
        var sum = fastSum(e.high(), q.high());
        return far(a, reduced, mul(add(sum.high(), add(sum.low(), add(e.low(), q.low()))), like(a, 0.5)));
    }

    /// eᵃ / 2 where eᵃ may overflow.
    private static Scalar far(Scalar a, Reduced reduced, Scalar y) {
        var half = reduced.scaledTwice(mul(reduced.exp(), like(a, 0.5)));
        return rare(not(le(a, Exponentials.FAR.like(a))), select(gt(a, INFINITE.like(a)), like(a, Double.POSITIVE_INFINITY), half), y);
    }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.inverse;
import static org.agnesi.kernel.Formulas.plus;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.signed;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Exponentials.Reduced;
import org.agnesi.kernel.Format.Constant;

/// The programs of sinh, cosh and tanh, out of e = eᵃ − 1 with a = |x|.
final class Hyperbolic {
    /// Where tanh is 1 to the last place, with room.
    private static final Constant FLAT = new Constant(20, 10);
    /// Where eᵃ / 2 is infinite, with room.
    private static final Constant INFINITE = new Constant(711, 90);

    private Hyperbolic() {}

    /// −e / (2 + e) with e = e⁻²ᵃ − 1: nothing cancels.
    static Scalar tanh(Scalar x) {
        var a = abs(x);
        var e = Reduced.of(mul(select(gt(a, FLAT.like(a)), FLAT.like(a), a), like(a, -2))).expm1ScaledBelow();
        var y = quotient(e, plus(fastSum(like(x, 2), e.high()), e.low()));
        return signed(sub(like(x, 0), add(y.high(), y.low())), x);
    }

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

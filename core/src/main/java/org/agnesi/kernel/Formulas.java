package org.agnesi.kernel;

import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.eq;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

/// What the programs of the elementary functions are put together from.
final class Formulas {
    private Formulas() {}

    /// Two floats whose sum is meant; the second is small beside the first.
    record Pair(Scalar high, Scalar low) {}

    /// `a + b` as its rounded value and what rounding lost, where |a| ≥ |b| or a is 0 (Dekker 1971).
    static Pair fastSum(Scalar a, Scalar b) {
        var s = add(a, b);
        return new Pair(s, sub(b, sub(s, a)));
    }

    /// A pair whose first is its rounded value.
    static Pair normal(Pair a) { return fastSum(a.high(), a.low()); }

    /// `a + b` as its rounded value and what rounding lost (Knuth).
    static Pair sum(Scalar a, Scalar b) {
        var s = add(a, b);
        var t = sub(s, a);
        return new Pair(s, add(sub(a, sub(s, t)), sub(b, t)));
    }

    /// `a · b` as its rounded value and what rounding lost.
    static Pair product(Scalar a, Scalar b) {
        var p = mul(a, b);
        return new Pair(p, fma(a, b, neg(p)));
    }

    /// A pair and what is small beside it.
    static Pair plus(Pair a, Scalar low) { return new Pair(a.high(), add(a.low(), low)); }

    /// `a / b`: the quotient, and one correction by what it leaves.
    static Pair quotient(Pair a, Pair b) {
        var inverse = div(like(b.high(), 1), b.high());
        var q = mul(a.high(), inverse);
        var rest = fma(neg(q), b.low(), add(fma(neg(q), b.high(), a.high()), a.low()));
        return new Pair(q, mul(rest, inverse));
    }

    /// `a · b`
    static Pair times(Pair a, Pair b) {
        return plus(product(a.high(), b.high()), fma(a.high(), b.low(), mul(a.low(), b.high())));
    }

    /// `1 / b`
    static Pair inverse(Pair b) {
        var inverse = div(like(b.high(), 1), b.high());
        var rest = fma(neg(inverse), b.low(), fma(neg(inverse), b.high(), like(inverse, 1)));
        return new Pair(inverse, mul(rest, inverse));
    }

    /// `y` with the sign of `x`, where y is not negative.
    static Scalar signed(Scalar y, Scalar x) {
        var in = Format.of(x);
        return in.real(or(in.bits(y), and(in.bits(x), in.word(in.sign()))));
    }

    /// `y`, but the zero itself where x is one: sums forget the sign of zero.
    static Scalar keepingZero(Scalar x, Scalar y) { return select(eq(x, like(x, 0)), x, y); }
}

package org.agnesi.kernel;

import static org.agnesi.kernel.Exponentials.LN2_HIGH;
import static org.agnesi.kernel.Exponentials.LN2_LOW;
import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.eq;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.ge;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;
import static org.agnesi.kernel.Scalar.ushr;

import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of logarithms: x = 2ᵏ m with √½ ≤ m < √2, log x = k log 2 + log(1 + f) with f = m − 1, which is exact.
final class Logarithms {
    private static final double ROOT_HALF = 0x1.6a09e667f3bcdp-1;
    static final Constant TINY = new Constant(Double.MIN_NORMAL, Float.MIN_NORMAL);
    /// 2⁵² or 2²³, whose last place is 1.
    private static final Constant WHOLE = new Constant(0x1p52, 0x1p23);
    /// What is added to an exponent in a float's bits.
    private static final Constant BIAS = new Constant(1023, 127);
    /// (log(1 + f) − f + f²/2) / f³ for √½ ≤ 1 + f ≤ √2; by Remez's algorithm, to 2⁻⁵⁸ of log(1 + f).
    private static final Polynomial TAIL = Polynomial.wide(
        0x1.555555555556bp-2, -0x1.ffffffffffe7bp-3, 0x1.9999999994dd1p-3, -0x1.555555556b1e8p-3, 0x1.249249275cf8dp-3,
        -0x1.fffffff3a56a1p-4, 0x1.c71c702e42c9cp-4, -0x1.99999aa0e6259p-4, 0x1.745d58cd450bdp-4, -0x1.555576b221030p-4,
        0x1.3b0d78fbb485bp-4, -0x1.24894c7523810p-4, 0x1.1169feda47d5dp-4, -0x1.00cfa0845e9abp-4, 0x1.dc97c86078b49p-5,
        -0x1.b45eb7252f43ap-5, 0x1.bbacdecdd7d0ap-5, -0x1.01066e7ae12d1p-4, 0x1.d2b009c8add5cp-5, -0x1.8dbe1c2b0e448p-6)
        .narrow(0x1.555556p-2, -0x1.ffffd6p-3, 0x1.999d82p-3, -0x1.555fbcp-3, 0x1.23c00ep-3, -0x1.fc8aeep-4, 0x1.e01bc8p-4,
            -0x1.d8623ap-4, 0x1.1b0dfep-4);

    private Logarithms() {}

    static Scalar log(Scalar x) {
        var word = Format.of(x).bits(x);
        var y = log(exponent(word), sub(mantissa(word), like(x, 1)));
        return rare(isSpecial(word), logSpecial(x), add(y.high(), y.low()));
    }

    /// The logarithm of a normal number above 0, with what rounding left of it.
    static Pair pair(Scalar x) {
        var word = Format.of(x).bits(x);
        return log(exponent(word), sub(mantissa(word), like(x, 1)));
    }

    /// log u + c/u, where 1 + x is u and what rounding left of it, c.
    static Scalar log1p(Scalar x) {
        var u = sum(like(x, 1), x);
        var word = Format.of(x).bits(u.high());
        var y = log(exponent(word), sub(mantissa(word), like(x, 1)));
        var whole = add(y.high(), add(y.low(), div(u.low(), u.high())));
        var end = select(eq(x, like(x, -1)), like(x, Double.NEGATIVE_INFINITY), x);
        var ends = select(lt(x, like(x, -1)), like(x, Double.NaN), end);
        return rare(isSpecial(word), ends, keepingZero(x, whole));
    }

    /// One comparison of bits, as unsigned numbers: zeros, subnormals, infinity, NaN and what is negative.
    static Scalar isSpecial(Scalar word) {
        var in = Format.of(word);
        long tiny = in.bits(TINY.in(in));
        return ge(add(word, in.word(in.sign() - tiny)), in.word(in.sign() + in.bits(Double.POSITIVE_INFINITY) - tiny));
    }

    /// k log 2 + log(1 + f)
    private static Pair log(Scalar k, Scalar f) {
        var whole = fastSum(mul(k, LN2_HIGH.like(k)), f);
        var square = mul(f, f);
        var sum = fastSum(whole.high(), mul(square, like(f, -0.5)));
        var low = fma(k, LN2_LOW.like(k), add(whole.low(), sum.low()));
        return new Pair(sum.high(), fma(mul(square, f), TAIL.at(f), low));
    }

    private static Scalar logSpecial(Scalar x) {
        var zero = like(x, 0);
        var small = select(eq(x, zero), like(x, Double.NEGATIVE_INFINITY), call(UnaryFunction.LOG_TINY, x));
        return select(lt(x, zero), like(x, Double.NaN), select(lt(x, TINY.like(x)), small, x));
    }

    /// k as a float: the bits of an integer in the last places of 2⁵² are that integer added to 2⁵².
    static Scalar exponent(Scalar word) {
        var in = Format.of(word);
        double whole = WHOLE.in(in);
        var k = ushr(sub(word, in.word(in.bits(ROOT_HALF) - in.bits(1.0))), in.word(in.fraction));
        return sub(in.real(or(k, in.word(in.bits(whole)))), Scalar.constant(in.dtype, whole + BIAS.in(in)));
    }

    static Scalar mantissa(Scalar word) {
        var in = Format.of(word);
        var root = in.word(in.bits(ROOT_HALF));
        return in.real(add(and(sub(word, root), in.word((1L << in.fraction) - 1)), root));
    }
}

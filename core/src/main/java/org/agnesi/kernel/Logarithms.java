package org.agnesi.kernel;

import static org.agnesi.kernel.Exponentials.LN2_HIGH;
import static org.agnesi.kernel.Exponentials.LN2_LOW;
import static org.agnesi.kernel.Formulas.c;
import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.keepingZero;
import static org.agnesi.kernel.Formulas.polynomial;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.bits;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.eq;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.ge;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;
import static org.agnesi.kernel.Scalar.ushr;

import org.agnesi.array.DType;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of logarithms: x = 2ᵏ m with √½ ≤ m < √2, log x = k log 2 + log(1 + f) with f = m − 1, which is exact.
final class Logarithms {
    private static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;
    private static final long FRACTION = (1L << 52) - 1;
    private static final long ONE = 0x3ff0000000000000L;
    private static final long TINY = 0x0010000000000000L;
    private static final long INFINITE = 0x7ff0000000000000L;
    /// (log(1 + f) − f + f²/2) / f³ for √½ ≤ 1 + f ≤ √2; by Remez's algorithm, to 2⁻⁵⁸ of log(1 + f).
    private static final double[] TAIL = {
        0x1.555555555556bp-2, -0x1.ffffffffffe7bp-3, 0x1.9999999994dd1p-3, -0x1.555555556b1e8p-3, 0x1.249249275cf8dp-3,
        -0x1.fffffff3a56a1p-4, 0x1.c71c702e42c9cp-4, -0x1.99999aa0e6259p-4, 0x1.745d58cd450bdp-4, -0x1.555576b221030p-4,
        0x1.3b0d78fbb485bp-4, -0x1.24894c7523810p-4, 0x1.1169feda47d5dp-4, -0x1.00cfa0845e9abp-4, 0x1.dc97c86078b49p-5,
        -0x1.b45eb7252f43ap-5, 0x1.bbacdecdd7d0ap-5, -0x1.01066e7ae12d1p-4, 0x1.d2b009c8add5cp-5, -0x1.8dbe1c2b0e448p-6};

    private Logarithms() {}

    static Scalar log(Scalar x) {
        var word = bits(DType.INT64, x);
        var k = exponent(word);
        var f = sub(mantissa(word), c(1.0));
        var y = log(k, f);
        return rare(isSpecial(word), logSpecial(x), add(y.high(), y.low()));
    }

    /// log u + c/u, where 1 + x is u and what rounding left of it, c.
    static Scalar log1p(Scalar x) {
        var u = sum(c(1.0), x);
        var word = bits(DType.INT64, u.high());
        var y = log(exponent(word), sub(mantissa(word), c(1.0)));
        var whole = add(y.high(), add(y.low(), div(u.low(), u.high())));
        var ends = select(lt(x, c(-1.0)), c(Double.NaN), select(eq(x, c(-1.0)), c(Double.NEGATIVE_INFINITY), x));
        return rare(isSpecial(word), ends, keepingZero(x, whole));
    }

    /// One comparison of bits, as unsigned numbers: zeros, subnormals, infinity, NaN and what is negative.
    static Scalar isSpecial(Scalar word) {
        return ge(add(word, c(Long.MIN_VALUE - TINY)), c(Long.MIN_VALUE + INFINITE - TINY));
    }

    /// k log 2 + log(1 + f)
    private static Pair log(Scalar k, Scalar f) {
        var whole = fastSum(mul(k, c(LN2_HIGH)), f);
        var square = mul(f, f);
        var sum = fastSum(whole.high(), mul(square, c(-0.5)));
        var low = fma(k, c(LN2_LOW), add(whole.low(), sum.low()));
        return new Pair(sum.high(), fma(mul(square, f), polynomial(f, TAIL), low));
    }

    private static Scalar logSpecial(Scalar x) {
        var small = select(eq(x, c(0.0)), c(Double.NEGATIVE_INFINITY), call(UnaryFunction.LOG_TINY, x));
        return select(lt(x, c(0.0)), c(Double.NaN), select(lt(x, c(Double.MIN_NORMAL)), small, x));
    }

    /// k as a float: the bits of an integer below those of 2⁵² are that integer added to 2⁵².
    static Scalar exponent(Scalar word) {
        var k = ushr(sub(word, c(ROOT_HALF - ONE)), c(52L));
        return sub(bits(DType.FLOAT64, or(k, c(Double.doubleToRawLongBits(0x1p52)))), c(0x1p52 + 1023));
    }

    static Scalar mantissa(Scalar word) {
        return bits(DType.FLOAT64, add(and(sub(word, c(ROOT_HALF)), c(FRACTION)), c(ROOT_HALF)));
    }
}

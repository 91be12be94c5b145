package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.plus;
import static org.agnesi.kernel.Formulas.product;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.times;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.ne;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.or;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Exponentials.Reduced;
import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The program of xʸ = e^(y log x), with the logarithm as a pair to 2⁻⁶⁵.
///
/// x = 2ᵏ (1 + f) as for the logarithm, and log(1 + f) = 2s + s³ (⅔ + ⅖ s² + …) with s = f / (2 + f), where all but the last
/// terms are pairs. What is negative, subnormal or special is a call of [Elementary].
final class Powers {
    private static final Constant TWO_THIRDS = new Constant(0x1.5555555555555p-1, 0x1.555556p-1);
    private static final Constant TWO_THIRDS_LOW = new Constant(0x1.5555555555555p-55, -0x1.555556p-26);
    /// ⅖, as the algorithm gives it with the rest.
    private static final Constant TWO_FIFTHS = new Constant(0x1.9999999999b30p-2, 0x1.999d28p-2);
    /// (log((1 + s) / (1 − s)) − 2s − ⅔ s³ − ⅖ s⁵) / s⁷ in s² for s ≤ 3 − √8; by Remez's algorithm, to 2⁻⁶⁶ of 2s.
    private static final Polynomial TAIL = Polynomial.wide(
        0x1.2492492457d8ap-2, 0x1.c71c722d665b5p-3, 0x1.745ce9e220a21p-3, 0x1.3b1eec7495ce8p-3, 0x1.0f7fdc37fb240p-3,
        0x1.0e4346881a4e5p-3)
        .narrow(0x1.232f7ap-2, 0x1.08addep-2);

    private Powers() {}

    static Scalar pow(Scalar x, Scalar y) {
        var word = Format.of(x).bits(x);
        var log = log(Logarithms.exponent(word), sub(Logarithms.mantissa(word), like(x, 1)));
        var product = product(y, log.high());
        var reduced = Reduced.of(product.high());
        var rest = fastSum(reduced.r(), add(reduced.low(), fma(y, log.low(), product.low())));
        var normal = new Reduced(reduced.k(), rest.high(), rest.low());
        var power = normal.expOfBoth();
        var special = or(Logarithms.isSpecial(word), ne(product.high(), product.high()));
        var far = select(special, call(BinaryFunction.POW_FAR, x, y), Exponentials.far(product.high(), reduced.scaledTwice(power)));
        return rare(or(special, not(le(abs(product.high()), Exponentials.FAR.like(x)))), far, reduced.scaled(power));
    }

    /// k log 2 + log(1 + f)
    private static Pair log(Scalar k, Scalar f) {
        var s = quotient(new Pair(f, like(f, 0)), fastSum(like(f, 2), f));
        var twice = add(s.high(), s.high());
        var whole = fastSum(mul(k, Exponentials.LN2_HIGH.like(k)), twice);
        var cube = cube(s);
        var sum = fastSum(whole.high(), cube.high());
        var low = add(fma(k, Exponentials.LN2_LOW.like(k), fma(s.low(), like(f, 2), cube.low())), add(whole.low(), sum.low()));
        return fastSum(sum.high(), low);
    }

    /// s³ (⅔ + ⅖ s² + …)
    private static Pair cube(Pair s) {
        var square = product(s.high(), s.high());
        var z = plus(square, mul(add(s.high(), s.high()), s.low()));
        var fifth = times(z, fastSum(TWO_FIFTHS.like(z.high()), mul(z.high(), TAIL.at(z.high()))));
        var third = plus(fastSum(TWO_THIRDS.like(z.high()), fifth.high()), add(fifth.low(), TWO_THIRDS_LOW.like(z.high())));
        return times(s, times(z, third));
    }
}

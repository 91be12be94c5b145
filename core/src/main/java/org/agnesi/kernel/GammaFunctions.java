package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.product;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.and;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.ge;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Format.Constant;

/// The programs of lgamma and digamma for x > 0; what is left of that is a [call][UnaryFunction#LGAMMA_FAR] of numbers.
///
/// Large x have Stirling's series, as a polynomial in 1/x². Others are moved by whole steps to where one polynomial serves: the product of
/// the steps gives lgamma one more logarithm, the sum of their inverses gives digamma one more quotient. Both polynomials begin at a
/// zero of their function, lgamma 2 = 0 and digamma 1.4616… = 0, near which values keep all their digits.
final class GammaFunctions {
    private static final Constant GREATEST = new Constant(Double.MAX_VALUE, Float.MAX_VALUE);
    /// Above it lgamma may be infinite, and its parts are.
    private static final Constant HIGHEST = new Constant(0x1p1013, 0x1p120);
    /// 1 − γ, which is digamma 2.
    private static final Constant SLOPE = new Constant(0x1.b0ee6072093cep-2, 0x1.b0ee6p-2);
    private static final Constant SLOPE_LOW = new Constant(0x1.6cb90701fbfabp-58, 0x1.c824f4p-28);
    /// (lgamma(2 + v) / v − (1 − γ)) / v for |v| ≤ ½; to 2⁻⁵⁸.
    private static final Polynomial NEAR_TWO = Polynomial.wide(
        0x1.4a34cc4a60fa6p-2, -0x1.13e001a557607p-4, 0x1.51322ac7d8333p-6, -0x1.e404fc218f370p-8, 0x1.7add6eadfcc7bp-9,
        -0x1.38ac5c2c3ba16p-10, 0x1.0b36af5972ed1p-11, -0x1.d3fd4c217341ep-13, 0x1.a127cd91ac95bp-14, -0x1.78de7721ff5a0p-15,
        0x1.5808af19fa483p-16, -0x1.3cb7b3b3125e1p-17, 0x1.2620de1c78d97p-18, -0x1.1235bb6eb9201p-19, 0x1.f038cb2f6a913p-21,
        -0x1.d295ec4df68f0p-22, 0x1.2703c6effc4ebp-22, -0x1.17d0781c44b2ep-23)
        .narrow(0x1.4a34ccp-2, -0x1.13e072p-4, 0x1.5132f2p-6, -0x1.e3265cp-8, 0x1.7a1696p-9, -0x1.53f9a4p-10, 0x1.239690p-11);
    /// From here on lgamma is Stirling's series: (x − ½) log x − x + log √2π + …
    private static final double LARGE = 5.5;
    private static final Constant ROOT = new Constant(0x1.d67f1c864beb5p-1, 0x1.d67f1cp-1);
    private static final Constant ROOT_LOW = new Constant(-0x1.65b5a1b7ff5dfp-55, 0x1.0c97d6p-26);
    /// x times what is left of it, in 1/x²; to 2⁻⁵⁸.
    private static final Polynomial STIRLING = Polynomial.wide(
        0x1.5555555555555p-4, -0x1.6c16c16c0f73cp-9, 0x1.a01a0156fe308p-11, -0x1.38133af45802ap-11, 0x1.b93057273d3acp-11,
        -0x1.f23c6b9e5669cp-10, 0x1.78fc9d941e5b9p-8, -0x1.e9a832d188a9dp-7)
        .narrow(0x1.555556p-4, -0x1.6c0b3ep-9, 0x1.916252p-11);
    /// The zero of digamma.
    private static final Constant ZERO = new Constant(0x1.762d86356be3fp+0, 0x1.762d86p+0);
    private static final Constant ZERO_LOW = new Constant(0x1.b86a722197829p-54, 0x1.ab5f2p-27);
    /// digamma(3/2 + s) / (3/2 + s − 1.4616…) for |s| ≤ ½; to 2⁻⁵⁸.
    private static final Polynomial NEAR_ZERO = Polynomial.wide(
        0x1.e6f0cbb873616p-1, -0x1.b1cb63005ee98p-2, 0x1.eca189b8e6f6dp-3, -0x1.2feeeb98a78eap-3, 0x1.8512e5903903ep-4,
        -0x1.fb44202a2306bp-5, 0x1.4de9aa1779d23p-5, -0x1.b9f8b11bfd3d0p-6, 0x1.2564717896ec6p-6, -0x1.863563f44f303p-7,
        0x1.03c0adafa529cp-7, -0x1.5a06a5d662cb4p-8, 0x1.cd2011454fd05p-9, -0x1.336dbe66757c8p-9, 0x1.99d3f5c0cad5ep-10,
        -0x1.0fb38d217b800p-10, 0x1.6a3e76070c135p-11, -0x1.fd8e50abf2196p-12, 0x1.53b23429da21bp-12, -0x1.2fae5cb379bf2p-13,
        0x1.94e73cc9821e1p-14, -0x1.75c084e78a4cdp-13, 0x1.f255c4568ac4dp-14)
        .narrow(0x1.e6f0ccp-1, -0x1.b1cb68p-2, 0x1.eca190p-3, -0x1.2febbep-3, 0x1.850eaap-4, -0x1.fc5cd2p-5, 0x1.4ea4b8p-5,
            -0x1.a67e08p-6, 0x1.186978p-6, -0x1.0c43f0p-6, 0x1.65418ap-7);
    /// From here on digamma is log x − 1/2x − …
    private static final double FAR = 6;
    /// x² times what is left of it, in 1/x²; to 2⁻⁶⁰.
    private static final Polynomial SERIES = Polynomial.wide(
        0x1.5555555555555p-4, -0x1.1111111110839p-7, 0x1.041040ffe2d6dp-8, -0x1.11110af266f01p-8, 0x1.f077969fc7983p-8,
        -0x1.591b31055814cp-6, 0x1.4d9027aef6f64p-4, -0x1.78afabe10fc96p-2, 0x1.3d3a1cf7ffb94p+0)
        .narrow(0x1.555556p-4, -0x1.1110c6p-7, 0x1.03a4a0p-8, -0x1.f02d4cp-9);

    private GammaFunctions() {}

    static Scalar lgamma(Scalar x) {
        var large = ge(x, like(x, LARGE));
        Scalar v = sub(x, like(x, 5)), steps = mul(mul(minus(x, 1), minus(x, 2)), minus(x, 3));
        v = select(lt(x, like(x, 4.5)), minus(x, 4), v);
        steps = select(lt(x, like(x, 4.5)), mul(minus(x, 1), minus(x, 2)), steps);
        v = select(lt(x, like(x, 3.5)), minus(x, 3), v);
        steps = select(lt(x, like(x, 3.5)), minus(x, 1), steps);
        v = select(lt(x, like(x, 2.5)), minus(x, 2), v);
        steps = select(lt(x, like(x, 2.5)), like(x, 1), steps);
        v = select(lt(x, like(x, 1.5)), minus(x, 1), v);
        steps = select(lt(x, like(x, 1.5)), x, steps);
        v = select(lt(x, like(x, 0.5)), x, v);
        steps = select(lt(x, like(x, 0.5)), mul(x, add(x, like(x, 1))), steps);
        var log = Logarithms.pair(select(large, x, steps));
        var sign = select(lt(x, like(x, 1.5)), like(x, -1), like(x, 1));
        var near = product(v, SLOPE.like(v));
        var low = fma(v, fma(v, NEAR_TWO.at(v), SLOPE_LOW.like(v)), near.low());
        var moved = sum(near.high(), mul(sign, log.high()));
        var small = add(moved.high(), add(moved.low(), fma(sign, log.low(), low)));
        return rare(beyond(x, HIGHEST), call(UnaryFunction.LGAMMA_FAR, x), select(large, stirling(x, log), small));
    }

    /// (x − ½) log x − x + log √2π + …, smaller parts last.
    private static Scalar stirling(Scalar x, Formulas.Pair log) {
        var inverse = div(like(x, 1), x);
        var half = minus(x, 0.5);
        var power = product(half, log.high());
        var rest = fastSum(power.high(), neg(x));
        var whole = fastSum(rest.high(), ROOT.like(x));
        var low = fma(half, log.low(), add(power.low(), fma(inverse, STIRLING.at(mul(inverse, inverse)), ROOT_LOW.like(x))));
        return add(whole.high(), add(add(whole.low(), rest.low()), low));
    }

    static Scalar digamma(Scalar x) {
        var far = ge(x, like(x, FAR));
        Scalar u = x, above = like(x, 0), below = like(x, 1);
        for (int k = 1; k < 5; k++) {   // 1/(x - 1) + … + 1/(x - k) = above / below
            var within = ge(x, like(x, k + 1));
            above = select(within, fma(above, minus(x, k), below), above);
            below = select(within, mul(below, minus(x, k)), below);
            u = select(within, minus(x, k), u);
        }
        var before = lt(x, like(x, 1));
        above = select(before, like(x, -1), above);
        below = select(before, x, below);
        var quotient = div(select(far, like(x, 1), above), select(far, x, below));
        var w = sub(sub(u, select(before, less(ZERO, x), ZERO.like(x))), ZERO_LOW.like(x));   // u is x there, and one step is to come
        var s = sub(u, select(before, like(x, 0.5), like(x, 1.5)));
        var small = fma(w, NEAR_ZERO.at(s), quotient);
        var log = Logarithms.pair(x);
        var square = mul(quotient, quotient);
        var large = add(log.high(), sub(log.low(), fma(square, SERIES.at(square), mul(quotient, like(x, 0.5)))));
        return rare(beyond(x, GREATEST), call(UnaryFunction.DIGAMMA_FAR, x), select(far, large, small));
    }

    /// The zero less 1, which is exact.
    private static Scalar less(Constant zero, Scalar x) { return new Constant(zero.wide() - 1, zero.narrow() - 1).like(x); }

    private static Scalar minus(Scalar x, double y) { return sub(x, like(x, y)); }

    /// Whether x is no normal number above 0 up to the highest.
    private static Scalar beyond(Scalar x, Constant highest) {
        return not(and(ge(x, Logarithms.TINY.like(x)), le(x, highest.like(x))));
    }
}

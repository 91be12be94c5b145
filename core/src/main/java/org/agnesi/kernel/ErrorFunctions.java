package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.c;
import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.plus;
import static org.agnesi.kernel.Formulas.polynomial;
import static org.agnesi.kernel.Formulas.product;
import static org.agnesi.kernel.Formulas.quotient;
import static org.agnesi.kernel.Formulas.signed;
import static org.agnesi.kernel.Formulas.sum;
import static org.agnesi.kernel.Scalar.abs;
import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.div;
import static org.agnesi.kernel.Scalar.fma;
import static org.agnesi.kernel.Scalar.gt;
import static org.agnesi.kernel.Scalar.le;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Exponentials.Reduced;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of erf and erfc.
///
/// Up to ½, erf x = x + x P(x²). Beyond, erfc a = e^(−a²) R(t) / (1 + 2a) with t = (a − 3.5) / (a + 3.5), one
/// polynomial for all (after Shepherd and Laframboise 1981); a², the exponential and the quotient are pairs.
final class ErrorFunctions {
    private static final double MIDDLE = 3.5;
    private static final double AT_MIDDLE = 0x1.3e0a99a0ee914p+0;
    private static final double AT_MIDDLE_LOW = -0x1.817308a902542p-57;
    /// Above it erfc is subnormal.
    private static final double FAR = 26.5;
    /// erf x / x − 1 in x² for x ≤ ½; by Remez's algorithm, to 2⁻⁵⁶ of erf x.
    private static final double[] SMALL = {
        0x1.06eba8214db68p-3, -0x1.812746b0379b3p-2, 0x1.ce2f21a03d690p-4, -0x1.b82ce30f1f151p-6, 0x1.565bcbf5eb2aep-8,
        -0x1.c02d4ea4e0ff8p-11, 0x1.f98d959cbafd2p-14, -0x1.f22298010db48p-17, 0x1.8b392936737fdp-20};
    /// (e^(a²) erfc a (1 + 2a) − c) / t in t for ½ ≤ a ≤ 28, c being the value at t = 0; to 2⁻⁵⁹ of c.
    private static final double[] TAIL = {
        -0x1.1ebd220ea593cp-3, -0x1.59e2c284b11f2p-7, 0x1.8f702ec6b33ccp-4, -0x1.d76830c3531dbp-4, 0x1.686106046d46ap-4,
        -0x1.8ff5ef76d1e34p-5, 0x1.38ec66718ed32p-6, -0x1.143c4ca7070a1p-8, -0x1.3cf36a9fbda19p-12, 0x1.27e664c9cf1c4p-11,
        -0x1.fda8f056da6b2p-14, -0x1.66e21f4f6885cp-15, 0x1.97075ec315f9fp-16, 0x1.38800e89bda6ap-19, -0x1.ffe9c7234802cp-19,
        -0x1.7c403297b80fdp-25, 0x1.41edfb5a9be2dp-21, -0x1.0eed1be3825f9p-27, -0x1.8daa1f85714bep-24, 0x1.2f40c551475fap-31,
        0x1.6020a5111d0ddp-27};

    private ErrorFunctions() {}

    static Scalar erf(Scalar x) {
        var a = abs(x);
        var tail = Tail.of(select(gt(a, c(6.0)), c(6.0), a));
        var large = less(1, tail.scaled());
        return signed(select(gt(a, c(0.5)), large, fma(a, small(a), a)), x);
    }

    static Scalar erfc(Scalar x) {
        var a = abs(x);
        var tail = Tail.of(a);
        var y = add(tail.high, tail.low);
        var beyond = select(lt(x, c(0.0)), less(2, tail.scaled()), tail.reduced.scaled(y));
        var near = fastSum(c(1.0), neg(x));
        var within = add(near.high(), fma(neg(x), small(x), near.low()));
        var far = select(gt(x, c(28.0)), c(0.0), select(lt(x, c(0.0)), c(2.0), tail.reduced.scaledTwice(y)));
        return rare(not(le(a, c(FAR))), far, select(gt(a, c(0.5)), beyond, within));
    }

    /// `a − b`, where b is small.
    private static Scalar less(double a, Pair b) {
        var rest = fastSum(c(a), neg(b.high()));
        return add(rest.high(), sub(rest.low(), b.low()));
    }

    /// erf x / x − 1
    private static Scalar small(Scalar x) { return polynomial(mul(x, x), SMALL); }

    /// erfc a as a pair times 2ᵏ.
    private record Tail(Reduced reduced, Scalar high, Scalar low) {
        static Tail of(Scalar a) {
            var square = product(a, a);
            var whole = Reduced.of(neg(square.high()));
            var rest = fastSum(whole.r(), sub(whole.low(), square.low()));
            var e = new Reduced(whole.k(), rest.high(), rest.low()).expOfBothPair();
            var t = place(a);
            var q = quotient(plus(fastSum(c(AT_MIDDLE), mul(t, polynomial(t, TAIL))), c(AT_MIDDLE_LOW)), sum(add(a, a), c(1.0)));
            var product = product(e.high(), q.high());
            return new Tail(whole, product.high(), add(product.low(), fma(e.high(), q.low(), mul(e.low(), q.high()))));
        }

        /// (a − 3.5) / (a + 3.5), corrected by what the quotient leaves.
        private static Scalar place(Scalar a) {
            var inverse = div(c(1.0), add(a, c(MIDDLE)));
            var t = mul(sub(a, c(MIDDLE)), inverse);
            return fma(inverse, fma(neg(t), a, fma(add(t, c(1.0)), c(-MIDDLE), a)), t);
        }

        Pair scaled() {
            var power = reduced.power();
            return new Pair(mul(high, power), mul(low, power));
        }
    }
}

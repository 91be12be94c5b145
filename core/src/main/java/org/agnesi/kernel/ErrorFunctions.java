package org.agnesi.kernel;

import static org.agnesi.kernel.Formulas.fastSum;
import static org.agnesi.kernel.Formulas.plus;
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
import static org.agnesi.kernel.Scalar.like;
import static org.agnesi.kernel.Scalar.lt;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.neg;
import static org.agnesi.kernel.Scalar.not;
import static org.agnesi.kernel.Scalar.rare;
import static org.agnesi.kernel.Scalar.select;
import static org.agnesi.kernel.Scalar.sub;

import org.agnesi.kernel.Exponentials.Reduced;
import org.agnesi.kernel.Format.Constant;
import org.agnesi.kernel.Formulas.Pair;

/// The programs of erf and erfc.
///
/// Up to ½, erf x = x + x P(x²). Beyond, erfc a = e^(−a²) R(t) / (1 + 2a) with t = (a − 3.5) / (a + 3.5), one
/// polynomial for all (after Shepherd and Laframboise 1981); a², the exponential and the quotient are pairs.
final class ErrorFunctions {
    private static final double MIDDLE = 3.5;
    private static final Constant AT_MIDDLE = new Constant(0x1.3e0a99a0ee914p+0, 0x1.3e0a9ap+0);
    private static final Constant AT_MIDDLE_LOW = new Constant(-0x1.817308a902542p-57, -0x1.7c45bcp-26);
    /// Above it erf is 1, with room.
    private static final Constant FLAT = new Constant(6, 4);
    /// Above it erfc is subnormal.
    private static final Constant FAR = new Constant(26.5, 9);
    /// Above it erfc is 0, with room.
    private static final Constant NONE = new Constant(28, 10.5);
    /// erf x / x − 1 in x² for x ≤ ½; by Remez's algorithm, to 2⁻⁵⁶ of erf x.
    private static final Polynomial SMALL = Polynomial.wide(
        0x1.06eba8214db68p-3, -0x1.812746b0379b3p-2, 0x1.ce2f21a03d690p-4, -0x1.b82ce30f1f151p-6, 0x1.565bcbf5eb2aep-8,
        -0x1.c02d4ea4e0ff8p-11, 0x1.f98d959cbafd2p-14, -0x1.f22298010db48p-17, 0x1.8b392936737fdp-20)
        .narrow(0x1.06eba8p-3, -0x1.81271ap-2, 0x1.ce1ac8p-4, -0x1.b53ab6p-6, 0x1.2b2bc2p-8);
    /// (e^(a²) erfc a (1 + 2a) − c) / t in t for ½ ≤ a ≤ 28, c being the value at t = 0; to 2⁻⁵⁹ of c.
    private static final Polynomial TAIL = Polynomial.wide(
        -0x1.1ebd220ea593cp-3, -0x1.59e2c284b11f2p-7, 0x1.8f702ec6b33ccp-4, -0x1.d76830c3531dbp-4, 0x1.686106046d46ap-4,
        -0x1.8ff5ef76d1e34p-5, 0x1.38ec66718ed32p-6, -0x1.143c4ca7070a1p-8, -0x1.3cf36a9fbda19p-12, 0x1.27e664c9cf1c4p-11,
        -0x1.fda8f056da6b2p-14, -0x1.66e21f4f6885cp-15, 0x1.97075ec315f9fp-16, 0x1.38800e89bda6ap-19, -0x1.ffe9c7234802cp-19,
        -0x1.7c403297b80fdp-25, 0x1.41edfb5a9be2dp-21, -0x1.0eed1be3825f9p-27, -0x1.8daa1f85714bep-24, 0x1.2f40c551475fap-31,
        0x1.6020a5111d0ddp-27)
        .narrow(-0x1.1ebd22p-3, -0x1.59e2e6p-7, 0x1.8f705ep-4, -0x1.d76844p-4, 0x1.685dc0p-4, -0x1.8fedcep-5, 0x1.394ca4p-6,
            -0x1.157b8ep-8, -0x1.936de4p-12, 0x1.2ec842p-11);

    private ErrorFunctions() {}

    static Scalar erf(Scalar x) {
        var a = abs(x);
        var tail = Tail.of(select(gt(a, FLAT.like(a)), FLAT.like(a), a));
        var large = less(1, tail.scaled());
        return signed(select(gt(a, like(a, 0.5)), large, fma(a, small(a), a)), x);
    }

    static Scalar erfc(Scalar x) {
        var a = abs(x);
        var tail = Tail.of(a);
        var y = add(tail.high, tail.low);
        var beyond = select(lt(x, like(x, 0)), less(2, tail.scaled()), tail.reduced.scaled(y));
        var near = fastSum(like(x, 1), neg(x));
        var within = add(near.high(), fma(neg(x), small(x), near.low()));
        var far = select(gt(x, NONE.like(x)), like(x, 0), select(lt(x, like(x, 0)), like(x, 2), tail.reduced.scaledTwice(y)));
        return rare(not(le(a, FAR.like(a))), far, select(gt(a, like(a, 0.5)), beyond, within));
    }

    /// `a − b`, where b is small.
    private static Scalar less(double a, Pair b) {
        var rest = fastSum(like(b.high(), a), neg(b.high()));
        return add(rest.high(), sub(rest.low(), b.low()));
    }

    /// erf x / x − 1
    private static Scalar small(Scalar x) { return SMALL.at(mul(x, x)); }

    /// erfc a as a pair times 2ᵏ.
    private record Tail(Reduced reduced, Scalar high, Scalar low) {
        static Tail of(Scalar a) {
            var square = product(a, a);
            var whole = Reduced.of(neg(square.high()));
            var rest = fastSum(whole.r(), sub(whole.low(), square.low()));
            var e = new Reduced(whole.k(), rest.high(), rest.low()).expOfBothPair();
            var t = place(a);
            var q = quotient(plus(fastSum(AT_MIDDLE.like(a), mul(t, TAIL.at(t))), AT_MIDDLE_LOW.like(a)), sum(add(a, a), like(a, 1)));
            var product = product(e.high(), q.high());
            return new Tail(whole, product.high(), add(product.low(), fma(e.high(), q.low(), mul(e.low(), q.high()))));
        }

        /// (a − 3.5) / (a + 3.5), corrected by what the quotient leaves.
        private static Scalar place(Scalar a) {
            var inverse = div(like(a, 1), add(a, like(a, MIDDLE)));
            var t = mul(sub(a, like(a, MIDDLE)), inverse);
            return fma(inverse, fma(neg(t), a, fma(add(t, like(t, 1)), like(t, -MIDDLE), a)), t);
        }

        Pair scaled() {
            var power = reduced.power();
            return new Pair(mul(high, power), mul(low, power));
        }
    }
}

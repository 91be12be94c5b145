package org.agnesi.bench;

import static org.agnesi.bench.DoubleDouble.ONE;
import static org.agnesi.bench.DoubleDouble.of;

import java.util.stream.IntStream;

/// The elementary functions to some 30 digits, by series and Newton steps; nothing here is shared with the programs.
final class Reference {
    /// log 2 and π/2 in three doubles each.
    private static final double[] LN2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111};
    static final double[] HALF_PI = {0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110};

    private static final DoubleDouble ROOT_PI = new DoubleDouble(0x1.c5bf891b4ef6bp0, -0x1.618f13eb7ca89p-54);
    /// 1/n for n from 1 to 180.
    static final DoubleDouble[] INVERSE = IntStream.rangeClosed(0, 180).mapToObj(n -> ONE.over(Math.max(n, 1)))
        .toArray(DoubleDouble[]::new);

    private Reference() {}

    /// A result times 2ᵏ, so that what is too small for two doubles has them too.
    record Scaled(DoubleDouble x, int k) {
        static Scaled of(DoubleDouble x) { return new Scaled(x, 0); }
    }

    /// eˣ.
    static Scaled exp(DoubleDouble x) {
        int k = (int) Math.rint(Math.clamp(x.high() / LN2[0], -5000, 5000));
        return new Scaled(expm1Near(x.minus(multiple(k, LN2))).plus(1), k);
    }

    static DoubleDouble expm1(DoubleDouble x) {
        if (Math.abs(x.high()) < 0.35) return expm1Near(x);
        var e = exp(x);
        return e.x.scaled(e.k).minus(1);
    }

    /// eˣ − 1 for small x: the series at x/512, then e²ˣ − 1 = e(2 + e) nine times.
    private static DoubleDouble expm1Near(DoubleDouble x) {
        var y = x.scaled(-9);
        var sum = DoubleDouble.ZERO;
        for (int n = 10; n >= 1; n--) sum = sum.plus(1).times(y).times(INVERSE[n]);
        for (int i = 0; i < 9; i++) sum = sum.times(sum.plus(2));
        return sum;
    }

    /// A Newton step of third order from the double's logarithm.
    static DoubleDouble log(DoubleDouble x) {
        if (x.high() > 0.5 && x.high() < 2) return log1p(x.minus(1));
        int k = Math.getExponent(x.high());
        if (k < Double.MIN_EXPONENT) return log(x.scaled(60)).minus(multiple(60, LN2));
        var m = x.scaled(-k);
        return log1p(m.minus(1)).plus(multiple(k, LN2));
    }

    static DoubleDouble log1p(DoubleDouble x) {
        if (Math.abs(x.high()) > 1e20) return log(x.plus(1));
        double y = StrictMath.log1p(x.high());
        var m = expm1(of(y));
        return of(y).plus(x.minus(m).scaled(1).over(x.plus(m).plus(2)));
    }

    static DoubleDouble multiple(double k, double[] digits) {
        return DoubleDouble.product(k, digits[0]).plus(DoubleDouble.product(k, digits[1])).plus(DoubleDouble.product(k, digits[2]));
    }

    /// Half of eˣ − e⁻ˣ; of large x scaled, since eˣ overflows before its half.
    static Scaled sinh(DoubleDouble x) {
        var e = exp(x.magnitude());
        if (e.k > 500) return new Scaled(x.high() < 0 ? e.x.negated() : e.x, e.k - 1);
        var m = expm1(x.magnitude());
        var y = m.plus(m.over(m.plus(1))).scaled(-1);
        return Scaled.of(x.high() < 0 ? y.negated() : y);
    }

    /// Half of eˣ + e⁻ˣ.
    static Scaled cosh(DoubleDouble x) {
        var e = exp(x.magnitude());
        if (e.k > 500) return new Scaled(e.x, e.k - 1);
        var y = e.x.scaled(e.k);
        return Scaled.of(y.plus(y.reciprocal()).scaled(-1));
    }

    static DoubleDouble tanh(DoubleDouble x) {
        if (Math.abs(x.high()) > 40) return of(Math.signum(x.high()));
        var e = expm1(x.magnitude().scaled(1));
        var y = e.over(e.plus(2));
        return x.high() < 0 ? y.negated() : y;
    }

    static DoubleDouble atan(DoubleDouble x) { return angle(x, ONE); }

    /// Of two doubles of any size, by equal scaling.
    static Scaled atan2(double y, double x) {
        int k = Math.max(Math.getExponent(y), Math.getExponent(x));
        double below = Math.scalb(y, -k);
        if (Math.abs(y) > Math.abs(x) * 0x1p-800 || x < 0) return Scaled.of(angle(of(below), of(Math.scalb(x, -k))));
        int own = Math.getExponent(y);
        return new Scaled(of(Math.scalb(y, -own)).over(Math.scalb(x, -k)), own - k);
    }

    /// The angle of the point (x, y): the double's, and what a turn back by that leaves (a Newton step of third order).
    private static DoubleDouble angle(DoubleDouble y, DoubleDouble x) {
        double a = StrictMath.atan2(y.high(), x.high());
        var turn = Turn.of(a);
        var s = turn.sin();
        var c = turn.cos();
        return of(a).plus(y.times(c).minus(x.times(s)).over(x.times(c).plus(y.times(s))));
    }

    static DoubleDouble asin(double x) { return angle(of(x), cofactor(x)); }

    static DoubleDouble acos(double x) { return angle(cofactor(x), of(x)); }

    /// √(1 − x²).
    private static DoubleDouble cofactor(double x) { return DoubleDouble.sum(1, -x).times(DoubleDouble.sum(1, x)).root(); }

    /// erf x = 2/√π · x e^(−x²) Σ (2x²)ⁿ / (2n + 1)!! up to 3; beyond, from erfc.
    static DoubleDouble erf(double x) {
        if (Math.abs(x) >= 3) {
            var rest = erfcBeyond3(Math.abs(x));
            var y = ONE.minus(rest.x.scaled(Math.max(rest.k, -900)));
            return x < 0 ? y.negated() : y;
        }
        var z = DoubleDouble.product(x, x).scaled(1);
        var sum = ONE;
        for (int n = 89; n >= 1; n--) sum = sum.times(z).times(INVERSE[2 * n + 1]).plus(1);
        var e = exp(DoubleDouble.product(x, x).negated());
        return sum.times(e.x.scaled(e.k)).times(x).over(ROOT_PI).scaled(1);
    }

    static Scaled erfc(double x) {
        if (x >= 3) return erfcBeyond3(x);
        return Scaled.of(ONE.minus(erf(x)));
    }

    /// e^(−x²) / √π / (x + ½ / (x + 1 / (x + 3/2 / (x + …))))
    private static Scaled erfcBeyond3(double x) {
        var fraction = of(x);
        for (int n = 20 + (int) (400 / (x * x)); n >= 1; n--) fraction = of(n / 2.0).over(fraction).plus(x);
        var e = exp(DoubleDouble.product(x, x).negated());
        return new Scaled(e.x.over(fraction.times(ROOT_PI)), e.k);
    }

    /// |x|ʸ, with the sign of an odd power.
    static Scaled pow(double x, double y) {
        var p = exp(log(of(Math.abs(x))).times(y));
        return x < 0 && Math.abs(y % 2) == 1 ? new Scaled(p.x.negated(), p.k) : p;
    }
}

package org.agnesi.bench;

/// A number as the sum of two doubles, the second below half an ulp of the first: some 106 bits.
///
/// After Dekker (1971) and Knuth; products by fma. Its range is that of doubles: near underflow the second is lost.
record DoubleDouble(double high, double low) {
    static final DoubleDouble ZERO = of(0);
    static final DoubleDouble ONE = of(1);

    static DoubleDouble of(double x) { return new DoubleDouble(x, 0); }

    /// `a + b` exactly.
    static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double t = s - a;
        return new DoubleDouble(s, (a - (s - t)) + (b - t));
    }

    /// `a · b` exactly.
    static DoubleDouble product(double a, double b) {
        double p = a * b;
        return new DoubleDouble(p, Math.fma(a, b, -p));
    }

    private static DoubleDouble normal(double high, double low) {
        double s = high + low;
        return new DoubleDouble(s, low - (s - high));
    }

    DoubleDouble plus(DoubleDouble b) {
        var s = sum(high, b.high);
        var t = sum(low, b.low);
        var u = normal(s.high, s.low + t.high);
        return normal(u.high, u.low + t.low);
    }

    DoubleDouble plus(double b) { return plus(of(b)); }

    DoubleDouble minus(DoubleDouble b) { return plus(b.negated()); }

    DoubleDouble minus(double b) { return plus(of(-b)); }

    DoubleDouble negated() { return new DoubleDouble(-high, -low); }

    DoubleDouble times(DoubleDouble b) {
        var p = product(high, b.high);
        return normal(p.high, p.low + Math.fma(high, b.low, low * b.high));
    }

    DoubleDouble times(double b) {
        var p = product(high, b);
        return normal(p.high, Math.fma(low, b, p.low));
    }

    DoubleDouble squared() { return times(this); }

    /// Long division, three digits of a double each.
    DoubleDouble over(DoubleDouble b) {
        double first = high / b.high;
        var rest = minus(b.times(first));
        double second = rest.high / b.high;
        rest = rest.minus(b.times(second));
        double third = rest.high / b.high;
        return normal(first, second).plus(third);
    }

    DoubleDouble over(double b) { return over(of(b)); }

    DoubleDouble reciprocal() { return ONE.over(this); }

    /// One step of Newton's from the double's root.
    DoubleDouble root() {
        if (high == 0) return this;
        double r = Math.sqrt(high);
        return sum(r, minus(product(r, r)).high / (2 * r));
    }

    /// Times 2ⁿ, exact where nothing under- or overflows.
    DoubleDouble scaled(int n) { return new DoubleDouble(Math.scalb(high, n), Math.scalb(low, n)); }

    DoubleDouble magnitude() { return high < 0 ? negated() : this; }

    boolean isBelow(double x) { return high < x || high == x && low < 0; }
}

package org.agnesi.bench;

import static org.agnesi.bench.Reference.INVERSE;

import java.math.BigDecimal;
import java.math.BigInteger;

/// An angle as quarter turns and a rest of at most π/4.
record Turn(int quarters, DoubleDouble rest) {
    private static final int BITS = 1300;
    private static final int KEPT = 900;
    private static final BigInteger HALF_PI = pi().shiftRight(1);

    static Turn of(double x) {
        if (Math.abs(x) > 1e5) return far(x);
        double n = Math.rint(x / Reference.HALF_PI[0]);
        var p = DoubleDouble.product(n, Reference.HALF_PI[0]);
        var rest = DoubleDouble.sum(x, -p.high()).minus(p.low()).minus(DoubleDouble.product(n, Reference.HALF_PI[1]))
            .minus(DoubleDouble.product(n, Reference.HALF_PI[2]));
        return new Turn((int) n & 3, rest);
    }

    /// By long division of integers.
    private static Turn far(double x) {
        long bits = Double.doubleToRawLongBits(Math.abs(x));
        var m = BigInteger.valueOf(bits & (1L << 52) - 1 | 1L << 52).shiftLeft((int) (bits >>> 52) - 1075 + BITS);
        var parts = m.add(HALF_PI.shiftRight(1)).divideAndRemainder(HALF_PI);
        var rest = parts[1].subtract(HALF_PI.shiftRight(1)).shiftRight(BITS - KEPT);
        double high = rest.doubleValue();
        double low = rest.subtract(new BigDecimal(high).toBigInteger()).doubleValue();
        var r = new DoubleDouble(Math.scalb(high, -KEPT), Math.scalb(low, -KEPT));
        int n = parts[0].and(BigInteger.valueOf(3)).intValue();
        return x > 0 ? new Turn(n, r) : new Turn(-n & 3, r.negated());
    }

    /// π · 2ᴮ by Machin's formula, 16 atan 1/5 − 4 atan 1/239.
    private static BigInteger pi() {
        return arctan(5).shiftLeft(4).subtract(arctan(239).shiftLeft(2)).shiftRight(64);
    }

    private static BigInteger arctan(int n) {
        var square = BigInteger.valueOf((long) n * n);
        var power = BigInteger.ONE.shiftLeft(BITS + 64).divide(BigInteger.valueOf(n));
        var sum = power;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum;
    }

    DoubleDouble sin() { return along(quarters); }

    DoubleDouble cos() { return along(quarters + 1); }

    DoubleDouble tan() { return sin().over(cos()); }

    private DoubleDouble along(int quarter) {
        var y = (quarter & 1) == 0 ? sinNear(rest) : cosNear(rest);
        return (quarter & 2) == 0 ? y : y.negated();
    }

    private static DoubleDouble sinNear(DoubleDouble x) {
        var z = x.squared().negated();
        var sum = DoubleDouble.ZERO;
        for (int n = 29; n >= 3; n -= 2) sum = sum.plus(1).times(z).times(INVERSE[n]).times(INVERSE[n - 1]);
        return x.plus(x.times(sum));
    }

    private static DoubleDouble cosNear(DoubleDouble x) {
        var z = x.squared().negated();
        var sum = DoubleDouble.ZERO;
        for (int n = 30; n >= 2; n -= 2) sum = sum.plus(1).times(z).times(INVERSE[n]).times(INVERSE[n - 1]);
        return sum.plus(1);
    }
}

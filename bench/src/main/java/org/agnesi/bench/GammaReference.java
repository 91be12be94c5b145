package org.agnesi.bench;

import static org.agnesi.bench.DoubleDouble.ONE;

/// lgamma and digamma of x > 0 to some 30 digits: Stirling's series beyond 40, and whole steps up to there.
final class GammaReference {
    private static final int BEYOND = 40;
    private static final DoubleDouble LOG_ROOT = new DoubleDouble(0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55);
    /// Bernoulli's numbers B₂, B₄, …, numerators and denominators.
    private static final long[][] BERNOULLI = {{1, 6}, {-1, 30}, {1, 42}, {-1, 30}, {5, 66}, {-691, 2730}, {7, 6}, {-3617, 510},
        {43867, 798}, {-174611, 330}, {854513, 138}, {-236364091, 2730}, {8553103, 6}};

    private GammaReference() {}

    static DoubleDouble lgamma(DoubleDouble x) {
        var y = x;
        var steps = ONE;
        for (; y.high() < BEYOND; y = y.plus(1)) steps = steps.times(y);
        var sum = y.minus(0.5).times(Reference.log(y)).minus(y).plus(LOG_ROOT);
        var inverse = y.reciprocal();
        for (int k = BERNOULLI.length; k > 0; k--)
            sum = sum.plus(bernoulli(k).over(2.0 * k * (2 * k - 1)).times(power(inverse, 2 * k - 1)));
        return sum.minus(Reference.log(steps));
    }

    static DoubleDouble digamma(DoubleDouble x) {
        var y = x;
        var steps = DoubleDouble.ZERO;
        for (; y.high() < BEYOND; y = y.plus(1)) steps = steps.plus(y.reciprocal());
        var inverse = y.reciprocal();
        var sum = Reference.log(y).minus(inverse.times(0.5));
        for (int k = BERNOULLI.length; k > 0; k--) sum = sum.minus(bernoulli(k).over(2.0 * k).times(power(inverse, 2 * k)));
        return sum.minus(steps);
    }

    private static DoubleDouble bernoulli(int k) { return DoubleDouble.of(BERNOULLI[k - 1][0]).over(BERNOULLI[k - 1][1]); }

    private static DoubleDouble power(DoubleDouble x, int n) {
        var power = ONE;
        for (int i = 0; i < n; i++) power = power.times(x);
        return power;
    }
}

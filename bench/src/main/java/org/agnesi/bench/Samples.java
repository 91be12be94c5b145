package org.agnesi.bench;

import java.util.SplittableRandom;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.UnaryFunction;

/// Random arguments of an elementary function: evenly over its interesting range, near zero, and of every size.
final class Samples {
    private final SplittableRandom random;

    Samples(long seed) { random = new SplittableRandom(seed); }

    double next(UnaryFunction f) {
        return switch (f) {
            case EXP -> within(-746, 710, 1000);
            case EXPM1 -> within(-40, 710, 1000);
            case LOG -> random.nextInt(4) == 0 ? random.nextDouble(0.5, 2) : Math.abs(of(random.nextInt(-1074, 1024)));
            case LOG1P -> within(-1, 3, 0x1p1023);
            case SIN, COS, TAN -> within(-1e4, 1e4, 0x1p1023);
            case TANH -> within(-20, 20, 30);
            case SINH, COSH -> within(-711, 711, 711);
            case ASIN, ACOS -> within(-1, 1, 0.5);
            case ATAN -> within(-6, 6, 0x1p1023);
            case ERF -> within(-6, 6, 7);
            case ERFC -> within(-6, 27.3, 28);
            case LGAMMA, DIGAMMA -> Math.abs(random.nextInt(4) == 0 ? random.nextInt(1, 3) + of(random.nextInt(-30, -1))
                : within(0, 12, 0x1p1000));
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                throw new IllegalArgumentException(f + " has no program");
        };
    }

    /// A quarter each: from `low` to `high`, the same within ±20, within ±2, and of any size up to `largest`.
    private double within(double low, double high, double largest) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextDouble(low, high);
            case 1 -> random.nextDouble(Math.max(low, -20), Math.min(high, 20));
            case 2 -> random.nextDouble(Math.max(low, -2), Math.min(high, 2));
            default -> {
                double x = of(random.nextInt(random.nextInt(10) == 0 ? -1074 : -60, Math.getExponent(largest) + 1));
                yield x < low && low > -40 ? -x : x;
            }
        };
    }

    /// A number of this binary exponent and either sign.
    private double of(int exponent) { return Math.scalb(1 + random.nextDouble(), exponent) * (random.nextBoolean() ? 1 : -1); }

    double[] next(BinaryFunction f) { return f == BinaryFunction.POW ? power() : point(); }

    /// Bases and exponents whose power is finite and not zero.
    private double[] power() {
        double x = switch (random.nextInt(4)) {
            case 0 -> random.nextDouble(0, 4);
            case 1 -> Math.abs(of(random.nextInt(-1074, 1024)));
            case 2 -> 1 + of(random.nextInt(-50, -2));
            default -> random.nextDouble(0.5, 2);
        };
        double y = random.nextDouble(-745, 709) / StrictMath.log(x);
        if (random.nextInt(4) == 0) y = random.nextDouble(-3, 3);
        if (random.nextInt(8) == 0) return new double[] {-x, Math.rint(y)};
        return new double[] {x, y};
    }

    private double[] point() {
        int size = random.nextInt(3) == 0 ? 1000 : 4;
        double x = of(random.nextInt(-size, size));
        return new double[] {of(random.nextInt(-size, size)), random.nextInt(8) == 0 ? x * 0x1p-40 : x};
    }
}

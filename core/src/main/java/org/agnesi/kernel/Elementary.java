package org.agnesi.kernel;

import org.agnesi.array.DType;
import org.hipparchus.special.Gamma;

/// The values of the scalar functions on floats: the one place that says what `exp` is.
///
/// Constant folding and every evaluator call these, so folding changes no bits. Most are those of [ElementaryPrograms]; none
/// depends on the machine.
public final class Elementary {
    private Elementary() {}

    /// The value in `dtype`: by its program in that dtype, or in float64 and rounded once.
    public static double apply(UnaryFunction f, DType dtype, double x) {
        if (dtype == DType.FLOAT64) return apply(f, x);
        return ElementaryPrograms.has(f) ? ElementaryPrograms.apply(f, dtype, x) : (float) apply(f, x);
    }

    public static double apply(BinaryFunction f, DType dtype, double a, double b) {
        if (dtype == DType.FLOAT64) return apply(f, a, b);
        return ElementaryPrograms.has(f) ? ElementaryPrograms.apply(f, dtype, a, b) : (float) apply(f, a, b);
    }

    /// The value in float64.
    public static double apply(UnaryFunction f, double x) {
        return switch (f) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case RINT -> Math.rint(x);
            case SQRT -> Math.sqrt(x);
            case EXP, LOG, EXPM1, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ERF, ERFC, LGAMMA, DIGAMMA ->
                ElementaryPrograms.apply(f, DType.FLOAT64, x);
            case LOG_TINY -> StrictMath.log(x);
            case SIN_FAR -> StrictMath.sin(x);
            case COS_FAR -> StrictMath.cos(x);
            case TAN_FAR -> StrictMath.tan(x);
            case LGAMMA_FAR -> lgamma(x);
            case DIGAMMA_FAR -> digamma(x);
            case NOT -> throw new IllegalArgumentException("NOT needs bools or integers, but got a float");
        };
    }

    /// The value in float64.
    public static double apply(BinaryFunction f, double a, double b) {
        return switch (f) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case FLOOR_DIV -> floorDivide(a, b);
            case REM -> remainder(a, b);
            case POW, ATAN2 -> ElementaryPrograms.apply(f, DType.FLOAT64, a, b);
            case POW_FAR -> powFar(a, b);
            case ATAN2_FAR -> atan2Far(a, b);
            case AND, OR, XOR, SHL, SHR, USHR, MULTIPLY_HIGH -> throw new IllegalArgumentException(
                f + " needs bools or integers, but got floats");
        };
    }

    /// `a · b + c` in one rounding to `dtype`.
    public static double fma(DType dtype, double a, double b, double c) {
        return dtype == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }

    /// The bits of a float of `dtype`, as an integer of its width.
    public static long toBits(DType dtype, double x) {
        return dtype == DType.FLOAT32 ? Float.floatToRawIntBits((float) x) : Double.doubleToRawLongBits(x);
    }

    /// The float of `dtype` that has these bits.
    public static double fromBits(DType dtype, long bits) {
        return dtype == DType.FLOAT32 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    /// Python's remainder: it has the sign of `b`, also where it is zero.
    private static double remainder(double a, double b) {
        double r = a % b;
        if (r == 0) return Math.copySign(0.0, b);
        return (r < 0) == (b < 0) ? r : r + b;
    }

    /// Python's `//`: the quotient that goes with the remainder, so that `1 // 0.1` is 9, and `a / b` where b is zero.
    private static double floorDivide(double a, double b) {
        if (b == 0) return a / b;
        double r = a % b;
        double quotient = (a - r) / b;
        if (r != 0 && (r < 0) != (b < 0)) quotient -= 1;
        return quotient == 0 ? Math.copySign(0.0, a / b) : Math.rint(quotient);
    }

    /// 1 to any power is 1, also to NaN; so is −1 to an infinite one. A negative base has integer powers.
    private static double powFar(double x, double y) {
        if (x == 1 || x == -1 && Double.isInfinite(y)) return 1;
        if (!(x < 0) || Double.isInfinite(x) || Double.isInfinite(y)) return StrictMath.pow(x, y);
        if (y != Math.rint(y)) return Double.NaN;
        double power = apply(BinaryFunction.POW, -x, y);
        return Math.abs(y % 2) == 1 ? -power : power;
    }

    /// A quotient as small as that is its arc tangent; else the angle is that of numbers neither large nor small.
    private static double atan2Far(double y, double x) {
        if (Math.abs(y / x) < 0x1p-60) return x > 0 ? y / x : StrictMath.atan2(y, x);
        double size = Math.abs(y) + Math.abs(x);
        if (size == 0 || Double.isInfinite(y) || Double.isInfinite(x) || Double.isNaN(size)) return StrictMath.atan2(y, x);
        double scale = size < 1 ? 0x1p600 : 0x1p-600;
        return apply(BinaryFunction.ATAN2, scale * y, scale * x);
    }

    /// log|Γ(x)|; below zero by reflection: log|Γ(x)| = log(π / |sin πx|) − log|Γ(1 − x)|.
    private static double lgamma(double x) {
        if (Double.isInfinite(x)) return Double.POSITIVE_INFINITY;
        if (Double.isNaN(x) || x > 0) return Gamma.logGamma(x);
        if (x == Math.rint(x)) return Double.POSITIVE_INFINITY;
        return StrictMath.log(Math.PI / Math.abs(sinPi(x))) - Gamma.logGamma(1 - x);
    }

    /// ψ(x) = Γ′(x) / Γ(x); below zero by reflection: ψ(x) = ψ(1 − x) − π / tan πx. NaN at the poles −1, −2, …, ∓∞ at ±0.
    private static double digamma(double x) {
        if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) return x;
        if (x > 0) return positiveDigamma(x);
        if (x == 0) return Math.copySign(Double.POSITIVE_INFINITY, -x);
        if (x == Math.rint(x)) return Double.NaN;
        return positiveDigamma(1 - x) - Math.PI * cosPi(x) / sinPi(x);
    }

    /// ψ(x) = ψ(x + 1) − 1/x up to 10, then log x − 1/2x − Σ B₂ₖ / 2k x²ᵏ, whose first term left out is below 1e-17.
    private static double positiveDigamma(double x) {
        double shift = 0;
        double y = x;
        for (; y < 10; y++) shift -= 1 / y;
        double r = 1 / (y * y);
        double series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * (691.0 / 32760
            - r * (1.0 / 12 - r * 3617.0 / 8160)))))));
        return shift + (StrictMath.log(y) - 0.5 / y - series);
    }

    private static double sinPi(double x) { return StrictMath.sin(Math.PI * Math.IEEEremainder(x, 2)); }

    private static double cosPi(double x) { return StrictMath.cos(Math.PI * Math.IEEEremainder(x, 2)); }
}

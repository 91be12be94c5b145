package org.agnesi.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.UnaryFunction;

/// Every float32 argument of the elementary functions: their float32 values against those of StrictMath in float64, which
/// are true to 10⁻⁹ float32 ulp.
final class Float32 {
    private Float32() {}

    static String row(UnaryFunction f) {
        var worst = IntStream.range(0, 1 << 16).parallel().mapToObj(high -> among(f, high << 16)).reduce(Float32::worse).orElseThrow();
        var at = "`" + (float) worst[1] + "`";
        return String.format(Locale.ROOT, "| %-6s | %.9f | %-16s |", f.name().toLowerCase(Locale.ROOT), worst[0], at);
    }

    static String page(List<String> rows) {
        return """
            # How accurate the elementary functions are in float32

            Written by `bench/run accuracy float32`, which tried all 2³² arguments: the largest errors in units of the last place,
            against float64 values of StrictMath, or of 30 digits where it has none.

            | function | largest error | at |
            |----------|---------------|----|
            """ + String.join("\n", rows) + "\n";
    }

    private static double[] worse(double[] a, double[] b) { return b[0] > a[0] ? b : a; }

    /// The largest error and its place among the 2¹⁶ arguments with these upper bits.
    private static double[] among(UnaryFunction f, int bits) {
        var truth = truth(f);
        double largest = 0;
        double at = 0;
        for (int low = 0; low < 1 << 16; low++) {
            float x = Float.intBitsToFloat(bits | low);
            double error = error((float) Elementary.apply(f, DType.FLOAT32, x), truth.applyAsDouble(x));
            if (error <= largest) continue;
            largest = error;
            at = x;
        }
        return new double[] {largest, at};
    }

    private static double error(float y, double truth) {
        if (Float.isNaN(y) || Double.isNaN(truth)) return Float.isNaN(y) && Double.isNaN(truth) ? 0 : Double.POSITIVE_INFINITY;
        float rounded = (float) truth;
        if (Float.isInfinite(y) || Float.isInfinite(rounded)) return rounded == y ? 0 : Double.POSITIVE_INFINITY;
        return Math.abs(y - truth) / Math.ulp(rounded);
    }

    private static DoubleUnaryOperator truth(UnaryFunction f) {
        return switch (f) {
            case EXP -> StrictMath::exp;
            case LOG -> StrictMath::log;
            case EXPM1 -> StrictMath::expm1;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TAN -> StrictMath::tan;
            case ASIN -> StrictMath::asin;
            case ACOS -> StrictMath::acos;
            case ATAN -> StrictMath::atan;
            case SINH -> StrictMath::sinh;
            case COSH -> StrictMath::cosh;
            case TANH -> StrictMath::tanh;
            case ERF -> x -> Math.abs(x) > 6 ? Math.signum(x) : isSmall(x) ? erfNear(x) : Reference.erf(x).high();
            case ERFC -> x -> Math.abs(x) > 11 ? (x > 0 ? 0 : 2) : isSmall(x) ? 1 - erfNear(x) : scaled(Reference.erfc(x));
            case LGAMMA, DIGAMMA -> x -> Elementary.apply(f, x);
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                throw new IllegalArgumentException(f + " has no program");
        };
    }

    private static boolean isSmall(double x) { return Math.abs(x) < 0x1p-10; }

    /// 2/√π (x − x³/3 + x⁵/10), to 10⁻²⁰ below 2⁻¹⁰: most arguments are that small, and 30 digits take a microsecond.
    private static double erfNear(double x) { return 0x1.20dd750429b6dp0 * (x + x * x * x * (x * x / 10 - 1.0 / 3)); }

    private static double scaled(Reference.Scaled value) { return Math.scalb(value.x().high(), value.k()); }
}

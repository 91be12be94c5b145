package org.agnesi.array;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.Stream;

/// How the floats of one array are written: NumPy's rules for a common width and the switch to scientific notation.
///
/// Each number is written with the fewest digits that identify it, at most 8 after the point.
/// Scientific is all or none: when the largest magnitude reaches 10⁸ (float32: 10⁶), the smallest non-zero one is below
/// 10⁻⁴, or they are more than 1000 times apart.
final class FloatFormat {
    private static final int PRECISION = 8;

    private final DType dtype;
    private final boolean scientific;
    private int fraction;   // digits after the point, the most of any number
    private int left;       // columns before the point
    private int exponent;   // digits of the longest exponent
    private int right;      // columns after the point

    FloatFormat(DType dtype, double[] shown) {
        this.dtype = dtype;
        var finite = Arrays.stream(shown).filter(Double::isFinite).toArray();
        this.scientific = spread(finite);
        for (double x : finite) measure(scientific ? scientific(dtype, x, PRECISION, 0) : positional(dtype, x, PRECISION));
        if (finite.length < shown.length) for (double x : shown)
            if (!Double.isFinite(x)) left = Math.max(left, special(x).length() - right - 1);
    }

    private boolean spread(double[] finite) {
        double max = 0, min = Double.POSITIVE_INFINITY;
        for (double x : finite) if (x != 0) {
            max = Math.max(max, Math.abs(x));
            min = Math.min(min, Math.abs(x));
        }
        if (max == 0) return false;
        return dtype == DType.FLOAT32   // the limits and the ratio are rounded to the array's own type
                ? max >= 1e6 || min < 0.0001f || (float) (max / min) > 1000
                : max >= 1e8 || min < 0.0001 || max / min > 1000;
    }

    private void measure(String text) {
        int point = text.indexOf('.'), e = text.indexOf('e');
        left = Math.max(left, point);
        fraction = Math.max(fraction, (e < 0 ? text.length() : e) - point - 1);
        if (e >= 0) exponent = Math.max(exponent, text.length() - e - 2);
        right = scientific ? fraction + 2 + exponent : fraction;
    }

    String format(double x) {
        if (!Double.isFinite(x)) return ArrayPrinter.padLeft(special(x), left + right + 1);
        if (!scientific) {
            var text = positional(dtype, x, PRECISION);
            int point = text.indexOf('.');
            return " ".repeat(left - point) + text + " ".repeat(right - (text.length() - point - 1));
        }
        var text = scientific(dtype, x, fraction, fraction);
        int e = text.indexOf('e');
        var digits = text.substring(e + 2);
        return ArrayPrinter.padLeft(text.substring(0, e + 2) + "0".repeat(exponent - digits.length()) + digits, left + right + 1);
    }

    /// A number on its own: as many digits as identify it.
    static String scalar(DType dtype, double x) {
        if (!Double.isFinite(x)) return special(x);
        double size = Math.abs(x), large = dtype == DType.FLOAT32 ? 1e6 : 1e16;
        if (size != 0 && (size < 1e-4 || size >= large)) return scientific(dtype, x, Integer.MAX_VALUE, 0).replace(".e", "e");
        var text = positional(dtype, x, Integer.MAX_VALUE);
        return text.endsWith(".") ? text + "0" : text;
    }

    private static String special(double x) { return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf"; }

    /// `-12.5`, with a point but no zeros after the last digit.
    private static String positional(DType dtype, double x, int precision) {
        var digits = shortest(dtype, x);
        if (digits.scale() > precision) digits = exact(x).setScale(precision, RoundingMode.HALF_EVEN);
        var plain = strip(digits).toPlainString();
        return sign(x) + (plain.contains(".") ? plain : plain + ".");
    }

    /// `-1.25e+01`, with `atLeast` to `atMost` digits after the point.
    private static String scientific(DType dtype, double x, int atMost, int atLeast) {
        var digits = shortest(dtype, x);
        int after = digits.precision() - 1;
        if (after > atMost) digits = strip(round(x, atMost + 1));
        if (after < atLeast && x != 0) digits = strip(round(x, atLeast + 1));
        int exponent = x == 0 ? 0 : digits.precision() - digits.scale() - 1;
        var text = digits.unscaledValue().toString();
        return sign(x) + text.charAt(0) + "." + text.substring(1) + "0".repeat(Math.max(0, atLeast + 1 - text.length()))
                + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String sign(double x) { return Double.doubleToRawLongBits(x) < 0 ? "-" : ""; }

    private static BigDecimal exact(double x) { return new BigDecimal(Math.abs(x)); }

    private static BigDecimal round(double x, int digits) { return exact(x).round(new MathContext(digits, RoundingMode.HALF_EVEN)); }

    /// The fewest digits that read back as the same number. Java writes at least two (`4.9E-324`), so one is tried first.
    private static BigDecimal shortest(DType dtype, double x) {
        boolean single = dtype == DType.FLOAT32;
        double size = Math.abs(x);
        var two = new BigDecimal(single ? Float.toString((float) size) : Double.toString(size));
        return Stream.of(round(x, 1), two)
                .filter(d -> single ? d.floatValue() == (float) size : d.doubleValue() == size)
                .findFirst().map(FloatFormat::strip).orElseThrow();
    }

    /// stripTrailingZeros also turns 100 into 1E+2, which is what counting digits needs; zero becomes plain 0.
    private static BigDecimal strip(BigDecimal digits) { return digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros(); }
}

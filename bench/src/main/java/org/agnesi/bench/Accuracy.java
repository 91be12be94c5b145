package org.agnesi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.bench.Reference.Scaled;
import org.agnesi.kernel.BinaryFunction;
import org.agnesi.kernel.Elementary;
import org.agnesi.kernel.ElementaryPrograms;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.UnaryFunction;

/// Measures how far the elementary functions are from their true values, in units of the last place, and writes
/// docs/accuracy.md.
///
/// `bench/run accuracy [--points N] [NAME…]` draws 10⁷ points a function unless told otherwise; with names it only
/// prints. `bench/run accuracy float32 [NAME…]` tries all 2³² float32 arguments, for docs/accuracy-float32.md.
public final class Accuracy {
    private static final int CHUNKS = 64;
    private static final String ROW = "| %-6s | %-7s | %.4f | %.4f | %-52s | %3d |";

    private Accuracy() {}

    public static void main(String[] args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        if (words.remove("float32")) {
            var rows = chosen(words).stream().map(f -> print(Float32.row(f))).toList();
            if (words.isEmpty()) Files.writeString(Path.of("docs/accuracy-float32.md"), Float32.page(rows));
            return;
        }
        int option = words.indexOf("--points");
        long points = option < 0 ? 10_000_000 : Long.parseLong(words.get(option + 1));
        if (option >= 0) words.subList(option, option + 2).clear();
        var rows = new ArrayList<String>();
        for (var f : chosen(words)) rows.add(print(row(f, points)));
        for (var f : BinaryFunction.values())
            if (ElementaryPrograms.has(f) && (words.isEmpty() || names(words, f))) rows.add(print(row(f, points)));
        if (words.isEmpty()) Files.writeString(Path.of("docs/accuracy.md"), page(rows, points));
    }

    private static List<UnaryFunction> chosen(List<String> names) {
        return Arrays.stream(UnaryFunction.values()).filter(ElementaryPrograms::has)
            .filter(f -> names.isEmpty() || names(names, f)).toList();
    }

    private static boolean names(List<String> names, Enum<?> f) { return names.stream().anyMatch(f.name()::equalsIgnoreCase); }

    private static String print(String row) {
        IO.println(row);
        return row;
    }

    /// The largest error, where, the sum of all, and how many.
    record Errors(double largest, double x, double y, double sum, long count) {
        Errors with(Errors b) {
            var worse = b.largest > largest ? b : this;
            return new Errors(worse.largest, worse.x, worse.y, sum + b.sum, count + b.count);
        }
    }

    private static String row(UnaryFunction f, long points) {
        var errors = measure(points, samples -> new double[] {samples.next(f), 0}, (x, _) -> Elementary.apply(f, x), (x, _) -> value(f, x));
        return row(f.name(), "" + errors.x, errors, ElementaryPrograms.program(f, new Scalar.Input(0, DType.FLOAT64)));
    }

    private static String row(BinaryFunction f, long points) {
        var errors = measure(points, samples -> samples.next(f), (x, y) -> Elementary.apply(f, x, y), (x, y) -> value(f, x, y));
        var program = ElementaryPrograms.program(f, new Scalar.Input(0, DType.FLOAT64), new Scalar.Input(1, DType.FLOAT64));
        return row(f.name(), errors.x + ", " + errors.y, errors, program);
    }

    private static String row(String name, String at, Errors errors, Scalar program) {
        return String.format(Locale.ROOT, ROW, name.toLowerCase(Locale.ROOT), power(errors.count), errors.largest,
            errors.sum / errors.count, "`" + at + "`", operations(program));
    }

    private static String power(long count) { return String.format(Locale.ROOT, "%.1e", (double) count).replace("e+0", "e"); }

    /// How many operations the usual case takes; bits that change their name are none.
    private static long operations(Scalar program) {
        return Scalars.inOrder(List.of(Scalars.map(program, x -> x instanceof Scalar.Rare rare ? rare.fast() : x))).stream()
            .filter(x -> !(x instanceof Scalar.Const || x instanceof Scalar.Input || x instanceof Scalar.Bits)).count();
    }

    private interface Value {
        Scaled of(double x, double y);
    }

    private static Errors measure(long points, Function<Samples, double[]> draw, DoubleBinaryOperator own, Value value) {
        return IntStream.range(0, CHUNKS).parallel().mapToObj(chunk -> {
            var samples = new Samples(chunk);
            var errors = new Errors(0, 0, 0, 0, 0);
            for (long i = 0; i < points / CHUNKS; i++) {
                var p = draw.apply(samples);
                double error = error(own.applyAsDouble(p[0], p[1]), value.of(p[0], p[1]));
                errors = errors.with(new Errors(error, p[0], p[1], error, 1));
            }
            return errors;
        }).reduce(Errors::with).orElseThrow();
    }

    /// How far `y` is from the true value in units of that one's last place.
    private static double error(double y, Scaled value) {
        double high = value.x().high();
        int exponent = Math.getExponent(high) + value.k();
        if (Double.isInfinite(y)) return exponent > Double.MAX_EXPONENT && y > 0 == high > 0 ? 0 : Double.POSITIVE_INFINITY;
        if (Double.isNaN(y)) return Double.POSITIVE_INFINITY;
        double ulp = Math.scalb(1.0, Math.max(exponent, Double.MIN_EXPONENT) - value.k() - 52);
        double scaled = Math.scalb(Math.scalb(y, -value.k() / 2), -value.k() + value.k() / 2);
        return Math.abs((scaled - high - value.x().low()) / ulp);
    }

    /// The true value; where that of 0 is 0, the slope there serves very small arguments.
    private static Scaled value(UnaryFunction f, double x) {
        boolean linear = Math.abs(x) < 0x1p-500 && Elementary.apply(f, 0) == 0;
        if (!linear) return value(f, DoubleDouble.of(x));
        var slope = value(f, DoubleDouble.of(0x1p-200)).x().scaled(200);
        return new Scaled(slope.times(x * 0x1p600), -600);
    }

    private static Scaled value(UnaryFunction f, DoubleDouble d) {
        double x = d.high();
        return switch (f) {
            case EXP -> Reference.exp(d);
            case LOG -> Scaled.of(Reference.log(d));
            case EXPM1 -> x > 300 ? Reference.exp(d) : Scaled.of(Reference.expm1(d));
            case LOG1P -> Scaled.of(Reference.log1p(d));
            case SIN -> Scaled.of(Turn.of(x).sin());
            case COS -> Scaled.of(Turn.of(x).cos());
            case TAN -> Scaled.of(Turn.of(x).tan());
            case TANH -> Scaled.of(Reference.tanh(d));
            case SINH -> Reference.sinh(d);
            case COSH -> Reference.cosh(d);
            case ASIN -> Scaled.of(Reference.asin(x));
            case ACOS -> Scaled.of(Reference.acos(x));
            case ATAN -> Scaled.of(Reference.atan(d));
            case ERF -> Scaled.of(Reference.erf(x));
            case ERFC -> Reference.erfc(x);
            case LGAMMA -> Scaled.of(GammaReference.lgamma(d));
            case DIGAMMA -> Scaled.of(GammaReference.digamma(d));
            case NEG, ABS, SIGN, NOT, FLOOR, CEIL, RINT, SQRT, LOG_TINY, SIN_FAR, COS_FAR, TAN_FAR, LGAMMA_FAR, DIGAMMA_FAR ->
                throw new IllegalArgumentException(f + " has no program");
        };
    }

    private static Scaled value(BinaryFunction f, double x, double y) {
        return f == BinaryFunction.POW ? Reference.pow(x, y) : Reference.atan2(x, y);
    }

    private static String page(List<String> rows, long points) {
        var head = """
            # How accurate the elementary functions are

            Written by `bench/run accuracy`, which measured it: errors of float64 values in units of the last place, over random
            arguments of all sizes, against values of 30 digits. An exact value has 0, a correctly rounded one at most 0.5. The
            values do not depend on the machine, so neither does this table. The gamma functions are those of numbers above 0.
            The last column counts the operations of a function's program in the usual case; vector code runs them for all lanes at once.

            | function | points | largest error | mean error | largest at | operations |
            |----------|--------|---------------|------------|------------|------------|""";
        var tail = """
            In float32 the programs have other constants and fewer terms: [all 2³² arguments](accuracy-float32.md). Special
            values are those of C99's Annex F.
            """;
        return String.join("\n", Stream.concat(Stream.concat(Stream.of(head), rows.stream()), Stream.of("", tail)).toList());
    }
}

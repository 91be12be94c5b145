package org.agnesi.kernel;

import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.call;
import static org.agnesi.kernel.Scalar.exp;
import static org.agnesi.kernel.Scalar.mul;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElementaryProgramsTest {
    private static final Input X = new Input(0, DType.FLOAT64);
    private static final List<DType> FLOATS = List.of(DType.FLOAT64, DType.FLOAT32);

    static Stream<UnaryFunction> unary() { return Arrays.stream(UnaryFunction.values()).filter(ElementaryPrograms::has); }

    /// True values by mpmath, as the nearest double and what is missing in ulps of that; see elementary.py.
    @Test void isWithinOneUlpOfTheTrueValue() {
        for (var line : points()) {
            var p = line.split(",");
            double x = Double.parseDouble(p[1]);
            double y = Double.parseDouble(p[p.length - 2]);
            double got = p.length == 5 ? Elementary.apply(BinaryFunction.valueOf(p[0]), x, Double.parseDouble(p[2]))
                : Elementary.apply(UnaryFunction.valueOf(p[0]), x);
            double error = (got - y) / Math.ulp(y) - Double.parseDouble(p[p.length - 1]);
            assertThat(Math.abs(error)).as("%s gave %s", line, got).isLessThan(1);
        }
    }

    private static List<String> points() {
        try (var in = Objects.requireNonNull(ElementaryProgramsTest.class.getResourceAsStream("elementary.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// C99, Annex F.9.
    @ParameterizedTest @CsvSource({
        "EXP, 0.0, 1", "EXP, -0.0, 1", "EXP, -Infinity, 0.0", "EXP, Infinity, Infinity", "EXP, NaN, NaN", "EXP, 709.8, Infinity", "EXP, -746, 0.0",
        "LOG, 0.0, -Infinity", "LOG, -0.0, -Infinity", "LOG, 1, 0.0", "LOG, -1, NaN", "LOG, Infinity, Infinity", "LOG, -Infinity, NaN",
        "LOG, NaN, NaN", "LOG, -4.9e-324, NaN",
        "EXPM1, 0.0, 0.0", "EXPM1, -0.0, -0.0", "EXPM1, -Infinity, -1", "EXPM1, Infinity, Infinity", "EXPM1, NaN, NaN", "EXPM1, -800, -1",
        "EXPM1, 709.8, Infinity", "EXPM1, -5e-324, -5e-324",
        "LOG1P, 0.0, 0.0", "LOG1P, -0.0, -0.0", "LOG1P, -1, -Infinity", "LOG1P, -1.5, NaN", "LOG1P, Infinity, Infinity",
        "LOG1P, -Infinity, NaN", "LOG1P, NaN, NaN", "LOG1P, 5e-324, 5e-324", "LOG1P, 1.7976931348623157e308, 709.782712893384",
        "SIN, 0.0, 0.0", "SIN, -0.0, -0.0", "SIN, Infinity, NaN", "SIN, -Infinity, NaN", "SIN, NaN, NaN", "SIN, -5e-324, -5e-324",
        "COS, 0.0, 1", "COS, -0.0, 1", "COS, Infinity, NaN", "COS, -Infinity, NaN", "COS, NaN, NaN", "COS, 5e-324, 1",
        "TAN, 0.0, 0.0", "TAN, -0.0, -0.0", "TAN, Infinity, NaN", "TAN, -Infinity, NaN", "TAN, NaN, NaN", "TAN, -5e-324, -5e-324",
        "ASIN, 0.0, 0.0", "ASIN, -0.0, -0.0", "ASIN, 1.0000000000000002, NaN", "ASIN, -Infinity, NaN", "ASIN, NaN, NaN",
        "ASIN, 1, 1.5707963267948966", "ASIN, -1, -1.5707963267948966", "ASIN, 5e-324, 5e-324",
        "ACOS, 1, 0.0", "ACOS, -1, 3.141592653589793", "ACOS, 1.0000000000000002, NaN", "ACOS, Infinity, NaN", "ACOS, NaN, NaN",
        "ACOS, 0.0, 1.5707963267948966", "ACOS, -0.0, 1.5707963267948966",
        "ATAN, 0.0, 0.0", "ATAN, -0.0, -0.0", "ATAN, Infinity, 1.5707963267948966", "ATAN, -Infinity, -1.5707963267948966",
        "ATAN, NaN, NaN", "ATAN, 5e-324, 5e-324", "ATAN, 1.7976931348623157e308, 1.5707963267948966", "ATAN, 1, 0.7853981633974483",
        "SINH, 0.0, 0.0", "SINH, -0.0, -0.0", "SINH, Infinity, Infinity", "SINH, -Infinity, -Infinity", "SINH, NaN, NaN",
        "SINH, -5e-324, -5e-324", "SINH, -711, -Infinity", "COSH, 0.0, 1", "COSH, -0.0, 1", "COSH, Infinity, Infinity",
        "COSH, -Infinity, Infinity", "COSH, NaN, NaN", "COSH, -711, Infinity",
        "TANH, 0.0, 0.0", "TANH, -0.0, -0.0", "TANH, Infinity, 1", "TANH, -Infinity, -1", "TANH, NaN, NaN", "TANH, 5e-324, 5e-324",
        "ERF, 0.0, 0.0", "ERF, -0.0, -0.0", "ERF, Infinity, 1", "ERF, -Infinity, -1", "ERF, NaN, NaN", "ERF, 5e-324, 5e-324",
        "ERFC, 0.0, 1", "ERFC, -0.0, 1", "ERFC, Infinity, 0.0", "ERFC, -Infinity, 2", "ERFC, NaN, NaN", "ERFC, 27.3, 0.0", "ERFC, -27.3, 2"})
    void specialValuesAreThoseOfC(UnaryFunction f, double x, double y) {
        assertThat(Double.valueOf(Elementary.apply(f, x))).isEqualTo(Double.valueOf(y));
        if (isFloat(x)) assertThat(Double.valueOf(Elementary.apply(f, DType.FLOAT32, x))).isEqualTo(Double.valueOf((float) y));
    }

    private static boolean isFloat(double x) { return Double.isNaN(x) || (float) x == x; }

    /// C99, Annex F.9.
    @ParameterizedTest @CsvSource({
        "POW, 0.0, -3, Infinity", "POW, -0.0, -3, -Infinity", "POW, -0.0, -2, Infinity", "POW, 0.0, -0.5, Infinity", "POW, -0.0, 3, -0.0",
        "POW, -0.0, 2, 0.0", "POW, 0.0, 0.5, 0.0", "POW, -1, Infinity, 1", "POW, -1, -Infinity, 1", "POW, 1, NaN, 1", "POW, 1, Infinity, 1",
        "POW, NaN, 0.0, 1", "POW, NaN, -0.0, 1", "POW, Infinity, 0.0, 1", "POW, -2, 0.5, NaN", "POW, -2, 3, -8", "POW, -2, -2, 0.25",
        "POW, 0.5, -Infinity, Infinity", "POW, 2, -Infinity, 0.0", "POW, -0.5, Infinity, 0.0", "POW, 2, Infinity, Infinity",
        "POW, -Infinity, -3, -0.0", "POW, -Infinity, -2, 0.0", "POW, -Infinity, 3, -Infinity", "POW, -Infinity, 2, Infinity",
        "POW, Infinity, -1, 0.0", "POW, Infinity, 2, Infinity", "POW, NaN, 1, NaN", "POW, 2, NaN, NaN", "POW, 2, 1024, Infinity",
        "POW, 2, -1080, 0.0", "POW, -2, 1025, -Infinity", "POW, -2, -1081, -0.0", "POW, 2, -1074, 5e-324", "POW, 1.5, 1e308, Infinity",
        "POW, 5e-324, 1, 5e-324", "POW, 3, 1, 3",
        "ATAN2, 0.0, -0.0, 3.141592653589793", "ATAN2, -0.0, -0.0, -3.141592653589793", "ATAN2, 0.0, 0.0, 0.0", "ATAN2, -0.0, 0.0, -0.0",
        "ATAN2, 0.0, -1, 3.141592653589793", "ATAN2, -0.0, -1, -3.141592653589793", "ATAN2, -0.0, 1, -0.0", "ATAN2, 0.0, 1, 0.0",
        "ATAN2, -1, 0.0, -1.5707963267948966", "ATAN2, 1, -0.0, 1.5707963267948966", "ATAN2, 1, -Infinity, 3.141592653589793",
        "ATAN2, -1, Infinity, -0.0", "ATAN2, Infinity, 1, 1.5707963267948966", "ATAN2, Infinity, -Infinity, 2.356194490192345",
        "ATAN2, -Infinity, Infinity, -0.7853981633974483", "ATAN2, NaN, 1, NaN", "ATAN2, 1, NaN, NaN", "ATAN2, 5e-324, 5e-324, 0.7853981633974483",
        "ATAN2, 1e308, -1e308, 2.356194490192345", "ATAN2, 5e-324, 1, 5e-324", "ATAN2, 1e-300, 1e300, 0.0"})
    void specialValuesOfTwoAreThoseOfC(BinaryFunction f, double a, double b, double y) {
        assertThat(Double.valueOf(Elementary.apply(f, a, b))).isEqualTo(Double.valueOf(y));
        if (isFloat(a) && isFloat(b))
            assertThat(Double.valueOf(Elementary.apply(f, DType.FLOAT32, a, b))).isEqualTo(Double.valueOf((float) y));
    }

    /// True values in float64, whose own errors are small in float32. What is put together of two functions has somewhat more.
    @ParameterizedTest @MethodSource("unary") void float32IsWithinOneUlpOfTheTrueValue(UnaryFunction f) {
        double most = f == UnaryFunction.LGAMMA || f == UnaryFunction.DIGAMMA ? 4 : 1;
        for (long bits = 0; bits < 1L << 32; bits += 65_521) {
            float x = Float.intBitsToFloat((int) bits);
            assertThat(error(Elementary.apply(f, DType.FLOAT32, x), Elementary.apply(f, x))).as("at %s", x).isLessThan(most);
        }
    }

    /// Against values of 30 digits, near the zeros of both and where one way to compute them gives way to another.
    @ParameterizedTest @CsvSource({
        "1e-300, 690.7755278982137, -9.999999999999999e+299", "1e-05, 11.512919692895826, -100000.57719921567",
        "0.25, 1.2880225246980774, -4.2274535333762655", "0.4999999999999999, 0.5723649429247003, -1.963510026021424",
        "0.5, 0.5723649429247001, -1.9635100260214235", "0.75, 0.20328095143129538, -1.0858608797864722",
        "0.9999999999, 5.7721571274281786e-11, -0.5772156650660263", "1.0, 0.0, -0.5772156649015329",
        "1.0000001, -5.772155829918507e-08, -0.5772155004081381", "1.2, -0.08537409000331583, -0.2890398965921884",
        "1.4616321449683622, -0.12148629053584961, -9.241265521729427e-17", "1.4616, -0.12148629003589732, -3.110625123034165e-05",
        "1.4999999999999998, -0.12078223763524523, 0.03648997397857631", "1.5, -0.12078223763524522, 0.03648997397857652",
        "1.9999, -4.227520877215346e-05, 0.42271983967113097", "2.0, 0.0, 0.42278433509846713",
        "2.00001, 4.22787559764836e-06, 0.42279078441893003", "2.4999999999999996, 0.28468287047291885, 0.703156640645243",
        "2.5, 0.2846828704729192, 0.7031566406452432", "2.9, 0.6028696102493114, 0.8824999506377439",
        "3.5, 1.2009736023470743, 1.103156640645243", "4.4, 2.3161034914248577, 1.3636854834260885",
        "4.5, 2.4537365708424423, 1.388870926359529", "5.4999999999999, 3.9578139676185544, 1.611093148581731",
        "5.5, 3.9578139676187165, 1.6110931485817512", "5.9999999999999, 4.787491742781874, 1.7061176684317823",
        "6.0, 4.787491742782046, 1.7061176684318005", "17.3, 31.51562417817529, 2.821526423539867",
        "10000000000.0, 220258509288.81058, 23.025850929890456", "1e+300, 6.897755278982137e+302, 690.7755278982137"})
    void gammaFunctionsKeepTheirDigits(double x, double lgamma, double digamma) {
        assertThat(error64(Elementary.apply(UnaryFunction.LGAMMA, x), lgamma)).isLessThan(4);
        assertThat(error64(Elementary.apply(UnaryFunction.DIGAMMA, x), digamma)).isLessThan(6);
    }

    private static double error64(double y, double truth) { return Math.abs(y - truth) / Math.ulp(truth); }

    @ParameterizedTest @EnumSource(names = {"POW", "ATAN2"}) void float32OfTwoIsWithinOneUlpOfTheTrueValue(BinaryFunction f) {
        var random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            double a = drawn(random, DType.FLOAT32, i % 2);
            double b = drawn(random, DType.FLOAT32, i % 3);
            assertThat(error(Elementary.apply(f, DType.FLOAT32, a, b), Elementary.apply(f, a, b))).as("at %s, %s", a, b).isLessThan(1);
        }
    }

    /// A small float by the quotient alone, whose corrections are subnormal.
    @ParameterizedTest @CsvSource({"-1.3330988E-38, 2.2122595E-12", "3.1e-39, 1.7e-5", "1.2e-35, 0.3", "1e-45, 1.5"})
    void theAngleOfATinyHeightIsWithinOneUlp(float y, float x) {
        assertThat(error(Elementary.apply(BinaryFunction.ATAN2, DType.FLOAT32, y, x), StrictMath.atan2(y, x))).isLessThan(1);
    }

    /// In units of the last place of a float32.
    private static double error(double got, double value) {
        float rounded = (float) value;
        if (Double.isNaN(value) || Float.isInfinite(rounded) || got == rounded) return Double.compare(got, rounded) == 0 ? 0 : Double.NaN;
        return Math.abs(got - value) / Math.ulp(rounded);
    }

    /// A number of usual size, or any bits.
    private static double drawn(Random random, DType dtype, int kind) {
        double x = kind == 0 ? 10 * random.nextGaussian() : Elementary.fromBits(dtype, random.nextLong());
        return dtype == DType.FLOAT32 ? (float) x : x;
    }

    @ParameterizedTest @EnumSource(names = {"POW", "ATAN2"}) void theProgramOfTwoGivesTheValue(BinaryFunction f) {
        for (var dtype : FLOATS) {
            var body = ElementaryPrograms.program(f, new Input(0, dtype), new Input(1, dtype));
            var random = new Random(3);
            for (int i = 0; i < 2_000; i++) {
                double a = drawn(random, dtype, i % 2);
                double b = drawn(random, dtype, i % 3);
                assertThat((Double) ScalarEvaluator.fold(body, List.of(Const.of(dtype, a), Const.of(dtype, b))).toDouble())
                    .as("at %s, %s", a, b).isEqualTo((Double) Elementary.apply(f, dtype, a, b));
            }
        }
    }

    /// Where one piece of a program meets the next, and everywhere else, what grows does not fall by more than its error.
    @ParameterizedTest @EnumSource(names = {"EXP", "LOG", "EXPM1", "LOG1P", "TANH", "SINH", "ATAN", "ASIN", "ERF"})
    void whatGrowsDoesNotFall(UnaryFunction f) {
        double from = f == UnaryFunction.LOG ? 0.01 : f == UnaryFunction.LOG1P || f == UnaryFunction.ASIN ? -0.99 : -3;
        double before = Double.NEGATIVE_INFINITY;
        for (double x = from; x < 0.99; x += 1e-5) {
            double y = Elementary.apply(f, x);
            assertThat(y).as("%s of %s", f, x).isGreaterThan(before - Math.ulp(before));
            before = y;
        }
    }

    /// The program folded node by node, and the value that all else uses.
    @ParameterizedTest @MethodSource("unary") void theProgramGivesTheValue(UnaryFunction f) {
        for (var dtype : FLOATS) {
            var body = ElementaryPrograms.program(f, new Input(0, dtype));
            assertThat(body.dtype()).isEqualTo(dtype);
            var random = new Random(3);
            for (int i = 0; i < 2_000; i++) {
                double x = drawn(random, dtype, i % 2);
                assertThat((Double) ScalarEvaluator.fold(body, List.of(Const.of(dtype, x))).toDouble()).as("at %s", x)
                    .isEqualTo((Double) Elementary.apply(f, dtype, x));
            }
        }
    }

    /// Vectors of float32 have no lanes to spare for wider numbers.
    @ParameterizedTest @MethodSource("unary") void float32StaysAsWideAsItIs(UnaryFunction f) {
        assertThat(Scalars.inOrder(List.of(ElementaryPrograms.program(f, new Input(0, DType.FLOAT32)))))
            .allMatch(x -> x.dtype() == DType.BOOL || x.dtype().bytes() == 4);
    }

    /// Its two sides share a division, and neither has pairs.
    @Test void tanhTakesFewOperations() {
        assertThat(operations(UnaryFunction.TANH, DType.FLOAT64)).hasSizeLessThan(40).filteredOn(x -> isOf(x, BinaryFunction.DIV)).hasSize(1);
        assertThat(operations(UnaryFunction.TANH, DType.FLOAT32)).hasSizeLessThan(31).filteredOn(x -> isOf(x, BinaryFunction.DIV)).hasSize(1);
    }

    private static List<Scalar> operations(UnaryFunction f, DType dtype) {
        return Scalars.inOrder(List.of(ElementaryPrograms.program(f, new Input(0, dtype)))).stream()
            .filter(x -> !(x instanceof Const || x instanceof Input || x instanceof Scalar.Bits)).toList();
    }

    private static boolean isOf(Scalar x, BinaryFunction f) { return x instanceof Scalar.Binary binary && binary.f() == f; }

    @Test void expandingKeepsWhatIsShared() {
        var e = exp(X);
        var expanded = Scalars.inOrder(List.of(ElementaryPrograms.expand(add(mul(e, e), call(UnaryFunction.LOG_TINY, e)))));
        var once = Scalars.inOrder(List.of(ElementaryPrograms.program(UnaryFunction.EXP, X)));
        assertThat(expanded).hasSize(once.size() + 3);
    }

    @Test void whatHasNoProgramStays() {
        var x = call(UnaryFunction.LOG_TINY, X);
        assertThat(ElementaryPrograms.expand(x)).isSameAs(x);
    }
}

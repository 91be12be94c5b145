package org.agnesi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementaryTest {
    @ParameterizedTest @CsvSource({ // mpmath, 17 digits
        "ERF, 0.5, 0.52049987781304654", "ERF, -2, -0.99532226501895273", "ERF, 40, 1", "ERF, NaN, NaN",
        "ERFC, 2, 0.0046777349810472658", "ERFC, 10, 2.0884875837625448e-45", "ERFC, -1, 1.8427007929497149",
        "LGAMMA, 0.5, 0.57236494292470009", "LGAMMA, 10, 12.801827480081469", "LGAMMA, -0.5, 1.2655121234846454", "LGAMMA, -3, Infinity",
        "LGAMMA, 0, Infinity", "LGAMMA, -Infinity, Infinity", "LGAMMA, 1e10, 220258509288.81146",
        "DIGAMMA, 1, -0.57721566490153286", "DIGAMMA, 10, 2.2517525890667211", "DIGAMMA, -0.5, 0.036489973978576521", "DIGAMMA, -2, NaN",
        "DIGAMMA, 0, -Infinity", "DIGAMMA, Infinity, Infinity"})
    void functionsWithoutAJavaTwin(UnaryFunction f, double x, double y) {
        double got = Elementary.apply(f, x);
        if (Double.isFinite(y)) assertThat(got).isCloseTo(y, within(Math.abs(y) * 1e-14 + 1e-16));
        else assertThat(Double.valueOf(got)).isEqualTo(Double.valueOf(y));
    }

    @ParameterizedTest @CsvSource({
        "REM, -7, 2, 1", "REM, 7, -2, -1", "REM, -1, Infinity, Infinity", "REM, 1, 0, NaN", "REM, -4, 2, 0.0", "REM, 4, -2, -0.0",
        "FLOOR_DIV, 1, 0.1, 9", "FLOOR_DIV, -7, 2, -4", "FLOOR_DIV, 7, -2, -4", "FLOOR_DIV, 1, 0, Infinity", "FLOOR_DIV, 0, 0, NaN",
        "MAX, -0.0, 0.0, 0.0", "MAX, 1, NaN, NaN", "MIN, NaN, 1, NaN", "MIN, -0.0, 0.0, -0.0"})
    void floatsFollowPythonAndJava(BinaryFunction f, double a, double b, double result) {
        assertThat(Double.valueOf(Elementary.apply(f, a, b))).isEqualTo(Double.valueOf(result));
    }

    @Test void signKeepsZerosAndNaN() {
        assertThat(Elementary.apply(UnaryFunction.SIGN, -0.0)).isEqualTo(-0.0);
        assertThat(Elementary.apply(UnaryFunction.SIGN, Double.NaN)).isNaN();
    }

    @Test void farBelowZeroStaysFinite() {
        assertThat(Elementary.apply(UnaryFunction.DIGAMMA, -1e6 - 0.5)).isCloseTo(13.815511557963816, within(1e-12));
    }
}

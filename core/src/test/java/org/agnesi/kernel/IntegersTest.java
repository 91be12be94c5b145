package org.agnesi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.agnesi.array.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegersTest {
    @ParameterizedTest @CsvSource({
        "INT8, ADD, 127, 1, -128", "UINT8, SUB, 0, 1, 255", "INT16, MUL, 256, 256, 0", "INT32, ADD, 2147483647, 1, -2147483648",
        "INT64, ADD, 9223372036854775807, 1, -9223372036854775808", "INT64, MUL, -9223372036854775808, -1, -9223372036854775808",
        "INT32, FLOOR_DIV, -7, 2, -4", "INT32, REM, -7, 2, 1", "INT32, REM, 7, -2, -1", "INT32, FLOOR_DIV, 7, 0, 0", "INT32, REM, 7, 0, 0",
        "INT8, FLOOR_DIV, -128, -1, -128", "INT64, FLOOR_DIV, -9223372036854775808, -1, -9223372036854775808",
        "INT32, POW, 3, 4, 81", "INT8, POW, 2, 8, 0", "INT32, POW, 2, -1, 0", "INT32, POW, 1, -5, 1", "INT32, POW, -1, -3, -1",
        "INT32, POW, -1, -2, 1", "INT32, POW, 0, -1, 0", "INT32, POW, 0, 0, 1",
        "INT32, SHL, 1, 33, 2", "INT64, SHL, 1, 33, 8589934592", "INT32, SHR, -8, 1, -4", "INT32, USHR, -8, 1, 2147483644", "INT8, USHR, -8, 1, 124", "UINT8, USHR, 255, 33, 127", "INT64, USHR, -1, 63, 1",
        "INT64, MULTIPLY_HIGH, -1, 1, -1", "INT64, MULTIPLY_HIGH, 4611686018427387904, 8, 2", "UINT8, SHL, 255, 1, 254", "INT8, SHL, 64, 1, -128",
        "INT32, XOR, 6, 3, 5", "INT32, AND, 6, 3, 2", "INT32, OR, 6, 3, 7", "INT8, MAX, -1, 1, 1", "UINT8, MIN, 255, 1, 1",
        "BOOL, ADD, 1, 1, 1", "BOOL, MUL, 1, 0, 0", "BOOL, XOR, 1, 1, 0", "BOOL, MAX, 0, 1, 1"})
    void twoIntegersGive(DType dtype, BinaryFunction f, long a, long b, long result) {
        assertThat(Integers.apply(f, dtype, a, b)).isEqualTo(result);
    }

    @ParameterizedTest @CsvSource({
        "INT8, NEG, -128, -128", "INT8, ABS, -128, -128", "UINT8, NEG, 1, 255", "INT64, ABS, -9223372036854775808, -9223372036854775808",
        "INT32, SIGN, -7, -1", "INT32, SIGN, 0, 0", "INT8, NOT, 0, -1", "UINT8, NOT, 0, 255", "BOOL, NOT, 1, 0", "BOOL, NOT, 0, 1"})
    void oneIntegerGives(DType dtype, UnaryFunction f, long x, long result) {
        assertThat(Integers.apply(f, dtype, x)).isEqualTo(result);
    }

    @ParameterizedTest @CsvSource({
        "INT8, 300, 127", "INT8, -1e9, -128", "UINT8, -1, 0", "UINT8, 256.5, 255", "INT32, 2.9, 2", "INT32, -2.9, -2", "INT32, NaN, 0",
        "INT64, Infinity, 9223372036854775807", "INT64, -Infinity, -9223372036854775808", "BOOL, 0.5, 1", "BOOL, NaN, 1", "BOOL, -0.0, 0"})
    void aFloatCastGives(DType dtype, double x, long result) {
        assertThat(Integers.fromFloat(dtype, x)).isEqualTo(result);
    }
}

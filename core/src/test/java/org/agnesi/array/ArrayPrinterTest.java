package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The prints come from NumPy itself: `numpy_prints.py` beside the resource writes them.
class ArrayPrinterTest {
    record Sample(String name, NDArray array, String print) {
        @Override public String toString() { return name + ", " + array.dtype() + array.shape(); }
    }

    static Stream<Sample> samples() {
        try (var in = ArrayPrinterTest.class.getResourceAsStream("numpy-prints.txt")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n====\n")).map(ArrayPrinterTest::sample);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sample sample(String text) {
        var parts = text.split("\n", 4);
        var type = parts[1].split(" ");
        var dtype = DType.of(type[0]);
        var shape = Shape.of(Arrays.stream(type).skip(1).mapToInt(Integer::parseInt).toArray());
        var bits = parts[2].isEmpty() ? new long[0] : Arrays.stream(parts[2].split(" ")).mapToLong(Long::parseLong).toArray();
        var array = switch (dtype) {
            case FLOAT64 -> NDArray.generateDoubles(dtype, shape, i -> Double.longBitsToDouble(bits[i]));
            case FLOAT32 -> NDArray.generateDoubles(dtype, shape, i -> Float.intBitsToFloat((int) bits[i]));
            case BOOL -> NDArray.generateBooleans(shape, i -> bits[i] != 0);
            case INT8, UINT8, INT16, INT32, INT64 -> NDArray.generateLongs(dtype, shape, i -> bits[i]);
        };
        return new Sample(parts[0].substring(2), array, parts[3]);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void printsAsNumPy(Sample sample) {
        assertThat(sample.array).hasToString(sample.print);
    }

    @Test
    void theSamplesAreAllThere() {
        assertThat(samples()).hasSizeGreaterThan(200);
    }

    @Test
    void printsTheTutorialsGradient() {
        assertThat(NDArray.of(new double[][] {{0.25, 0.19661193324148185}, {0.19661193324148185, 0.10499358540350662}})).hasToString("""
                [[0.25       0.19661193]
                 [0.19661193 0.10499359]]""");
    }
}

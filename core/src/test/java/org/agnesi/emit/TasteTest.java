package org.agnesi.emit;

import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.kernel.Program;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A taste computes a few points of each loop, and nothing but what a whole run would.
class TasteTest {
    private static final int TASTE = -64, WHOLE = 4096;

    private final Expr x = dmatrix("x");

    private static List<Program> programs(Expr in, Expr out) {
        return Schedule.of(List.of(in), Pipeline.of(Strictness.DEFAULT).lower(List.of(out))).programs();
    }

    private static Program program(Expr in, Expr out) { return programs(in, out).getFirst(); }

    private static double[] run(Program program, boolean simd, int chunk, int rows, int columns) {
        var emitted = Objects.requireNonNull(Emitter.emit(program, simd));
        var in = IntStream.range(0, rows * columns).mapToDouble(Math::sin).toArray();
        var out = new double[in.length];
        int[] dims = {rows, columns};
        emitted.code().run(new Object[] {in, out}, new int[][] {dims, dims}, emitted.lanes(), chunk);
        return out;
    }

    @ParameterizedTest @CsvSource({"false, 1000, 200", "true, 1000, 200", "true, 1000, 203", "true, 1001, 17", "true, 3, 5000"})
    void fewPointsAreComputedAndThoseAreRight(boolean simd, int rows, int columns) {
        var program = program(x, tanh(x.T()).T().plus(exp(x.times(0.5))));
        double[] tasted = run(program, simd, TASTE, rows, columns), whole = run(program, simd, WHOLE, rows, columns);
        int computed = 0;
        for (int k = 0; k < whole.length; k++) if (tasted[k] != 0) {
            assertThat(tasted[k]).isEqualTo(whole[k]);
            computed++;
        }
        assertThat(computed).isBetween(1, whole.length / 20);
    }

    @ParameterizedTest @ValueSource(booleans = {false, true}) void shortLoopsAreWhole(boolean simd) {
        var program = program(x, tanh(x));
        assertThat(run(program, simd, TASTE, 4, 11)).isEqualTo(run(program, simd, WHOLE, 4, 11));
    }

    private static boolean hasTastes(Program program) { return Objects.requireNonNull(Emitter.emit(program, true)).tastes(); }

    @Test void stepsHaveNoTastes() {
        var steps = programs(x, scan(x, zeros(length(x, 1)), (row, s) -> tanh(row.plus(s))));
        assertThat(steps.stream().map(TasteTest::hasTastes)).contains(false);
        assertThat(programs(x, softmax(x)).stream().map(TasteTest::hasTastes)).containsOnly(true);
    }

    @Test void aCallMayBeForNoPoints() {
        assertThat(IntStream.range(0, 16).map(call -> Taste.end(10, 90, 64, TASTE, call)).filter(end -> end > 10)).hasSize(2);
        assertThat(IntStream.range(0, 16).map(call -> Taste.end(10, 90, 64, WHOLE, call))).containsOnly(74);
    }

    @Test void whatIsLeftBesideWholeVectorsStays() {
        int[] extents = {0, 1, 31, 63, 64, 65, 127, 1000, 100_003};
        assertThat(Arrays.stream(extents).map(n -> Taste.points(n, TASTE))).containsExactly(0, 1, 31, 63, 64, 33, 63, 40, 35);
        assertThat(Arrays.stream(extents).map(n -> Taste.points(n, WHOLE))).containsExactly(0, 1, 31, 63, 64, 65, 127, 1000, 100_003);
    }
}

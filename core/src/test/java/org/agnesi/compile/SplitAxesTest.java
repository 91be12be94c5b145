package org.agnesi.compile;

import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Program;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What a reshape has made one axis has two loops.
class SplitAxesTest {
    private static final int[] SIZES = {0, 1, 7, 8, 9};

    private final Expr v = dvector("v"), x = dmatrix("x"), z = tensor("z", DType.FLOAT64, -1, -1, -1);

    private static Schedule schedule(List<Expr> in, Expr... out) {
        return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(List.of(out)));
    }

    private static String kernel(Expr in, Expr out) {
        return schedule(List.of(in), out).programs().stream().map(Program::toString).collect(Collectors.joining());
    }

    @Test void repeatedElementsAreReadOnce() {
        assertThat(kernel(v, repeat(v, 5, 0))).isEqualTo("""
            kernel(v: float64[?]) -> (reshape: float64[?]):
                for i < v.shape[0]:
                    t0 = i * 5
                    t1 = v[i]
                    for j < 5:
                        reshape[t0 + j] = t1
            """);
        assertThat(kernel(x, repeat(x, 5, 1))).contains("for i < x.shape[0] * x.shape[1]:", "t1 = x[i]", "for j < 5:");
    }

    @Test void repeatedRowsAreCopied() {
        assertThat(kernel(x, repeat(x, 5, 0))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (reshape: float64[?, ?]):
                for i < x.shape[0]:
                    t0 = i * 5
                    t1 = i * x.shape[1]
                    for j < 5:
                        t2 = (t0 + j) * x.shape[1]
                        for k < x.shape[1]:
                            reshape[t2 + k] = x[t1 + k]
            """);
    }

    @Test void sizesThatMustBeEqualCount() {
        var w = dvector("w");
        assertThat(schedule(List.of(v, w), repeat(v, 5, 0).times(w)).programs().getFirst().toString()).isEqualTo("""
            kernel(v: float64[?], w: float64[?]) -> (mul: float64[?]):
                for i < v.shape[0]:
                    t0 = i * 5
                    t1 = v[i]
                    for j < 5:
                        t2 = t0 + j
                        mul[t2] = t1 * w[t2]
            """);
    }

    @Test void bothAxesMayBeTwo() {
        assertThat(kernel(x, tile(x, 2, 3))).isEqualTo("""
            kernel(x: float64[?, ?]) -> (reshape: float64[?, ?]):
                for i < 2:
                    t0 = i * x.shape[0]
                    for j < x.shape[0]:
                        t1 = (t0 + j) * 3
                        t2 = j * x.shape[1]
                        for k < 3:
                            t3 = (t1 + k) * x.shape[1]
                            for l < x.shape[1]:
                                reshape[t3 + l] = x[t2 + l]
            """);
    }

    @Test void anAxisMayBeThree() {
        assertThat(kernel(z, z.dimshuffle(2, 1, 0).reshape(-1))).doesNotContain("//", "%").contains("for k < ");
    }

    @Test void functionsKeepLongVectors() {
        assertThat(kernel(v, exp(repeat(sqr(v), 5, 0)))).contains("i // 5");
    }

    @Test void heavyPointsKeepThemWhereTheSecondLoopWouldBeShort() {
        Expr far = repeat(v, 5, 0);
        for (int k = 0; k < 20; k++) far = sub(far.times(0.5), k);
        assertThat(kernel(v, far)).contains("i // 5");
    }

    @Test void sumsGoOverOneAxis() {
        assertThat(kernel(v, sum(repeat(v, 5, 0)))).contains("v[i // 5]");
    }

    @Test void valuesAreThoseOfTheDefinition() {
        var turned = z.dimshuffle(1, 0, 2).reshape(z.length(1), z.length(0).times(z.length(2)));
        var any = schedule(List.of(z), tile(z, 2, 3, 2), repeat(z, 3, 1), turned, z.dimshuffle(2, 1, 0).reshape(-1));
        for (var backend : Backend.ALL) {
            var plan = new Plan(any, backend);
            for (int n : SIZES) for (int m : SIZES) {
                var a = NDArray.generateDoubles(DType.FLOAT64, Shape.of(n, 3, m), k -> k);
                check(a, n, m, plan.call(List.of(a)));
            }
        }
    }

    private static void check(NDArray a, int n, int m, List<NDArray> got) {
        for (int i = 0; i < 2 * n; i++) for (int j = 0; j < 9; j++) for (int k = 0; k < 2 * m; k++)
            assertThat(got.get(0).doubleAt((i * 9 + j) * 2 * m + k)).isEqualTo(a.doubleAt((i % n * 3 + j % 3) * m + k % m));
        for (int i = 0; i < n; i++) for (int j = 0; j < 9; j++) for (int k = 0; k < m; k++) {
            assertThat(got.get(1).doubleAt((i * 9 + j) * m + k)).isEqualTo(a.doubleAt((i * 3 + j / 3) * m + k));
            assertThat(got.get(2).doubleAt(j % 3 * n * m + i * m + k)).isEqualTo(a.doubleAt((i * 3 + j % 3) * m + k));
            assertThat(got.get(3).doubleAt((k * 3 + j % 3) * n + i)).isEqualTo(a.doubleAt((i * 3 + j % 3) * m + k));
        }
    }
}

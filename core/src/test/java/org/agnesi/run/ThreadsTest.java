package org.agnesi.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    private final Expr x = dmatrix("x");
    private final Expr v = dvector("v");

    /// The definition of a fold, written out.
    @ParameterizedTest @ValueSource(ints = {0, 1, 31, 32, 33, 32_767, 32_768, 32_769, 100_003}) void aSumIsCombinedBlockByBlock(int n) {
        var x = NDArray.of(new Random(n).doubles(n, -1, 1).toArray());
        double total = 0;
        for (int from = 0; from < n; from += 32_768) {
            var lanes = new double[32];
            for (int p = from; p < Math.min(n, from + 32_768); p++) lanes[p % 32] += x.get(p);
            for (int w = 16; w > 0; w /= 2) for (int i = 0; i < w; i++) lanes[i] += lanes[i + w];
            total += lanes[0];
        }
        assertThat(Kernels.run(Kernels.fold(DType.FLOAT64, Combine.ADD, e -> e), Shape.of(), x).toDouble()).isEqualTo(total);
    }

    @ParameterizedTest @CsvSource({"0,5", "1,1", "3,20000", "70,3000", "257,1000", "100000,2"})
    void bitsDoNotDependOnTheNumberOfThreads(int m, int n) {
        var ys = List.of(sum(exp(x)), softmax(x), cumsum(x, 1), sum(mul(x, x), 0), div(x, sqr(x).sum(axes(1).keep()).sqrt()),
            max(tanh(x)), x.T().flatten(), sum(x.lt(0.3)), sub(x, x.mean(axes(1).keep())));
        var a = values(m, n);
        var alone = Plan.of(List.of(x), ys, Backend.SIMD).call(List.of(a));
        for (int threads : new int[] {1, 2, 3, 8})
            assertThat(Plan.of(List.of(x), ys, Backend.parallel(new Workers(threads, 0))).call(List.of(a))).as("%d threads", threads).isEqualTo(alone);
        assertThat(Plan.of(List.of(x), ys, Backend.SCALAR).call(List.of(a))).isEqualTo(alone);
    }

    @Test void updatesAtOnePlaceStayInOrder() {
        var i = lvector("i");
        var u = dvector("u");
        var at = NDArray.of(new Random(1).longs(50_000, 0, 3).toArray());
        var in = List.of(NDArray.zeros(DType.FLOAT64, 3), at, NDArray.of(new Random(2).doubles(50_000).toArray()));
        var alone = Plan.of(List.of(v, i, u), List.of(v.at(i).add(u)), Backend.SIMD).call(in);
        assertThat(Plan.of(List.of(v, i, u), List.of(v.at(i).add(u)), Kernels.THREADS).call(in)).isEqualTo(alone);
    }

    @ParameterizedTest @CsvSource({"1,1,1", "3,70,900", "40,1,33", "130,257,70", "9,300,1025", "600,3,5"})
    void productsOfMatricesDoNotDependOnIt(int m, int k, int n) {
        var y = dmatrix("y");
        var in = List.of(values(m, k), values(k, n));
        var alone = Plan.of(List.of(x, y), List.of(dot(x, y)), Backend.SIMD).call(in);
        for (int threads : new int[] {2, 3, 8})
            assertThat(Plan.of(List.of(x, y), List.of(dot(x, y)), Backend.parallel(new Workers(threads, 0))).call(in)).as("%d threads", threads).isEqualTo(alone);
    }

    /// What one thread alone would have met first.
    @Test void theFirstMistakeIsTold() {
        var i = lvector("i");
        var at = new long[100_000];
        at[70_000] = 11;
        at[99_000] = 12;
        var plan = Plan.of(List.of(v, i), List.of(v.get(i).times(2)), Kernels.THREADS);
        for (int k = 0; k < 20; k++) assertThatThrownBy(() -> plan.call(List.of(NDArray.of(new double[] {1, 2}), NDArray.of(at))))
            .isInstanceOf(IndexError.class).hasMessageContaining("11");
        at[70_000] = at[99_000] = 1;
        assertThat(plan.call(List.of(NDArray.of(new double[] {1, 2}), NDArray.of(at))).getFirst().get(99_000)).isEqualTo(4);
    }

    /// So that what is warmed up for long does not keep what is hot meanwhile waiting.
    @Test void stepsOfWorkForLaterGoInTurns() throws Exception {
        var workers = new Workers(1);
        var both = new CountDownLatch(1);
        var over = new CountDownLatch(2);
        var steps = new StringBuffer();
        for (String name : List.of("a", "b")) {
            var left = new AtomicInteger(3);
            workers.inTurns(() -> {
                steps.append(name);
                try {
                    if (both.await(10, SECONDS) && left.decrementAndGet() > 0) return false;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                over.countDown();
                return true;
            });
        }
        both.countDown();
        assertThat(over.await(10, SECONDS)).isTrue();
        assertThat(steps).hasToString("ababab");
        assertThat(workers.waiting()).isFalse();
    }

    @Test void manyCallersShareTheHelpers() throws Exception {
        var ys = List.of(sum(exp(x)), softmax(x), add(x, 1));
        var plan = Plan.of(List.of(x), ys, Backend.parallel(new Workers(4, 0)));
        var inputs = new ArrayList<NDArray>();
        var expected = new ArrayList<List<NDArray>>();
        for (int k = 0; k < 16; k++) {
            inputs.add(values(50 + k, 300));
            expected.add(Plan.of(List.of(x), ys, Backend.SIMD).call(List.of(inputs.get(k))));
        }
        try (var callers = Executors.newFixedThreadPool(16)) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int k = 0; k < 16; k++) {
                int own = k;
                calls.add(() -> {
                    for (int r = 0; r < 10; r++) if (!plan.call(List.of(inputs.get(own))).equals(expected.get(own))) return false;
                    return true;
                });
            }
            for (Future<Boolean> right : callers.invokeAll(calls)) assertThat(right.get()).isTrue();
        }
    }

    private static NDArray values(int m, int n) {
        var values = new Random(31L * m + n).doubles((long) m * n, -1, 1).toArray();
        return NDArray.wrap(values, m, n);
    }
}

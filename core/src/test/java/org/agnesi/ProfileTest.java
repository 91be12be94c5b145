package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.nonzero;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.kernel.Timing;
import org.agnesi.kernel.Work;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");

    private static Work total(Profile profile) { return profile.timings().stream().map(Timing::work).reduce(Work.NONE, Work::plus); }

    private static NDArray zeros(int... dims) { return NDArray.zeros(DType.FLOAT64, dims); }

    @Test void recordsFromWhenItIsOpenedUntilItIsClosed() {
        var f = function(v, sum(exp(v)));
        f.call(zeros(100));
        var profile = f.profile();
        assertThat(profile.timings()).extracting(Timing::runs).containsExactly(0L);
        f.call(zeros(100));
        f.call(zeros(1000));
        profile.close();
        f.call(zeros(100));
        assertThat(profile.timings()).singleElement().satisfies(timing -> {
            assertThat(timing.kind()).isEqualTo(Cost.Kind.KERNEL);
            assertThat(timing.runs()).isEqualTo(2);
            assertThat(timing.work()).isEqualTo(f.cost(Shape.of(100)).total().plus(f.cost(Shape.of(1000)).total()));
            assertThat(timing.nanos()).isPositive();
            assertThat(timing.meanNanos()).isEqualTo(timing.nanos() / 2.0);
        });
    }

    @Test void doesWhatCostCounted() {
        var u = dmatrix("u");
        var c = dscalar("c");
        var all = scan(u, v, (row, before) -> tanh(add(dot(a, before), row)));
        var f = function(inputs(a, u, v, c), ifElse(c.gt(0), sum(all), sum(exp(dot(inverse(a), v)))));
        var args = List.of(NDArray.of(new double[][] {{2, 1}, {0, 3}}), zeros(7, 2), zeros(2), NDArray.of(1.0));
        try (var profile = f.profile()) {
            f.call(args);
            assertThat(total(profile)).isEqualTo(f.cost(args).total());
            assertThat(profile.timings()).extracting(Timing::kind).contains(Cost.Kind.BRANCH);
            assertThat(profile.timings().getLast().inside()).isNotEmpty();
        }
    }

    @Test void countsWhatOnlyRunningTells() {
        var f = function(v, exp(v.get(nonzero(v.gt(0)).getFirst())));
        try (var profile = f.profile()) {
            f.call(new double[] {1, -1, 2, 3});
            f.call(new double[] {1, -1, -1, -1});
            assertThat(total(profile).elementary()).isEqualTo(3 + 1);
        }
    }

    @Test void sizesThatAreValuesAreReadAnew() {
        var n = lscalar("n");
        var f = function(n, sum(exp(arange(n).times(0.5))));
        try (var profile = f.profile()) {
            f.call(10);
            f.call(20);
            assertThat(total(profile).elementary()).isEqualTo(30);
        }
    }

    @Test void severalMayBeOpenAndSeeAllThreads() throws Exception {
        var f = function(v, sum(exp(v)));
        try (var outer = f.profile(); var threads = Executors.newFixedThreadPool(4)) {
            var calls = threads.invokeAll(Collections.nCopies(40, () -> f.call(zeros(50))));
            for (var call : calls) call.get();
            try (var inner = f.profile()) {
                f.call(zeros(50));
                assertThat(inner.timings().getFirst().runs()).isEqualTo(1);
            }
            assertThat(outer.timings().getFirst().runs()).isEqualTo(41);
            assertThat(outer.timings().getFirst().work().elementary()).isEqualTo(41 * 50);
        }
    }

    @Test void readsAsATable() {
        var rows = List.of(new Timing(Cost.Kind.KERNEL, "exp", "Fit.java:7", 10, 2_000_000, new Work(4_000_000, 1, 8000, 0), List.of()),
            new Timing(Cost.Kind.LOOP, "scan", "", 10, 6_000_000, new Work(30, 0, 0, 0),
                List.of(new Timing(Cost.Kind.KERNEL, "add", "Fit.java:9", 100, 3_000_000, new Work(30, 0, 0, 0), List.of()))));
        assertThat(Timing.table(rows)).isEqualTo("""
            step       line        runs  total ms      %  mean µs      flops  GFLOP/s  bytes   GB/s
            exp        Fit.java:7    10     2.000   25.0    200.0  4,000,000    2.000  8,000  0.004
            loop scan                10     6.000   75.0    600.0         30    0.000      0  0.000
              add      Fit.java:9   100     3.000   37.5     30.0         30    0.000      0  0.000
            total                           8.000  100.0           4,000,030    0.500  8,000  0.001
            """);
    }
}

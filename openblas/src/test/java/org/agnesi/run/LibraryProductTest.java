package org.agnesi.run;

import static org.agnesi.Tensors.einsum;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.kernel.Blas;
import org.agnesi.openblas.Counted;
import org.agnesi.openblas.Here;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Products in functions, some by the library: whatever the order of axes, against `eval`; and the same bits on any threads.
class LibraryProductTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 33, 100};
    private static final long LONGEST = 60_000_000_000L;
    private static Blas blas;
    private final Random random = new Random(7);

    @BeforeAll static void open() { blas = Here.blas(); }

    @ParameterizedTest
    @ValueSource(strings = {"ij,jk->ik", "ij,kj->ik", "ji,jk->ik", "ij,jk->ki", "ji,kj->ki", "j,jk->k", "kj,j->k", "ij,i->j", "bij,bjk->bik",
        "bij,bjk->ikb", "bj,bjk->bk", "bkj,bj->bk", "ijk,jkl->il", "ijk,jk->i", "ijk,k->ij"})
    void multipliesWhateverTheOrderOfLabels(String subscripts) {
        assertThat(callsOfProducts(subscripts)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ibj,kjb->bik", "ijk,kjl->il", "ijk,kj->i", "ijk,ik->j", "ijk,kl->jil", "ij,jklm->lmik", "abij,bajk->iakb"})
    void multipliesWhatLiesInRowsByChanceOnly(String subscripts) {
        int _ = callsOfProducts(subscripts);   // only where sizes are 1
    }

    /// How often the library was called for products of many sizes, all of which are as `eval` says.
    private int callsOfProducts(String subscripts) {
        var calls = new AtomicInteger();
        var backend = Backend.SIMD.with(() -> new Counted(blas, calls));
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32)) for (int trial = 0; trial < 12; trial++) {
            var labels = Subscripts.sizes(subscripts, SIZES, random);
            var in = List.of(array(dtype, Subscripts.dims(subscripts, 0, labels)), array(dtype, Subscripts.dims(subscripts, 1, labels)));
            var operands = Subscripts.operands(subscripts, dtype);
            var expected = einsum(subscripts, operands.toArray(Expr[]::new)).node().op().eval(in).getFirst();
            var got = plan(subscripts, dtype, backend).call(in).getFirst();
            assertThat(got.shape()).isEqualTo(expected.shape());
            double near = dtype == DType.FLOAT64 ? 1e-11 : 1e-3;
            assertThat(got.allClose(expected, near, near)).as("%s %s", subscripts, labels).isTrue();
        }
        return calls.get();
    }

    @Test void aMatrixTimesAVectorIsForTheLibrary() {
        for (var subscripts : List.of("kj,j->k", "bkj,bj->bk", "ijk,jk->i", "ijk,k->ij"))
            assertThat(plan(subscripts, DType.FLOAT64, Backend.SIMD).kernels()).as(subscripts).contains("= contract(a, b)");
        for (var subscripts : List.of("i,i->", "i,j->ij", "ijk,kj->i", "ijk,ik->j"))
            assertThat(plan(subscripts, DType.FLOAT64, Backend.SIMD).kernels()).as(subscripts).doesNotContain("contract(");
        assertThat(plan("kj,j->k", DType.INT64, Backend.SIMD).kernels()).doesNotContain("contract(");
    }

    @ParameterizedTest @ValueSource(strings = {"ij,jk->ik", "kj,j->k", "j,jk->k", "bij,bjk->bik", "bij,bj->bi"})
    void theBitsDoNotDependOnThreads(String subscripts) {
        for (int size : new int[] {7, 96, 1000}) {
            if (size == 1000 && subscripts.startsWith("b") || size == 1000 && subscripts.endsWith("ik")) continue;
            var labels = new HashMap<Integer, Integer>();
            subscripts.chars().forEach(label -> labels.put(label, label == 'b' ? 40 : size));
            var in = List.of(array(DType.FLOAT64, Subscripts.dims(subscripts, 0, labels)), array(DType.FLOAT64, Subscripts.dims(subscripts, 1, labels)));
            var one = plan(subscripts, DType.FLOAT64, Backend.SIMD).call(in).getFirst();
            for (int threads = 2; threads < 5; threads++)
                assertThat(plan(subscripts, DType.FLOAT64, Backend.parallel(new Workers(threads, 0))).call(in).getFirst())
                    .as("%s of %d on %d", subscripts, size, threads).isEqualTo(one);
        }
    }

    @Test void manyThreadsMayCallOnePlan() throws Exception {
        var plan = plan("ij,jk->ik", DType.FLOAT64, Backend.parallel(new Workers(3, 0)));
        var pairs = IntStream.range(0, 8).mapToObj(k -> List.of(array(DType.FLOAT64, 10 + 11 * k, 31), array(DType.FLOAT64, 31, 20))).toList();
        var expected = pairs.stream().map(plan::call).toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int t = 0; t < 16; t++) {
                int own = t;
                calls.add(() -> IntStream.range(0, 500).allMatch(call -> plan.call(pairs.get((own + call) % 8)).equals(expected.get((own + call) % 8))));
            }
            for (var done : threads.invokeAll(calls)) assertThat(done.get()).isTrue();
        }
    }

    @Test void allocatesNothingAfterManyCalls() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var subscripts : List.of("ij,jk->ik", "kj,j->k")) {
            var plan = plan(subscripts, DType.FLOAT64, Backend.SIMD);
            var labels = new HashMap<Integer, Integer>();
            subscripts.chars().forEach(label -> labels.put(label, 40));
            var in = List.of(array(DType.FLOAT64, Subscripts.dims(subscripts, 0, labels)), array(DType.FLOAT64, Subscripts.dims(subscripts, 1, labels)));
            var out = plan.call(in);
            long least = Long.MAX_VALUE;
            for (long end = System.nanoTime() + LONGEST; least > 0 && System.nanoTime() < end; ) {   // until HotSpot has compiled the call
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int k = 0; k < 500; k++) plan.callInto(out, in);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as(subscripts).isZero();
        }
    }

    private static Plan plan(String subscripts, DType dtype, Backend backend) {
        var operands = Subscripts.operands(subscripts, dtype);
        var product = einsum(subscripts, operands.toArray(Expr[]::new));
        return new Plan(Schedule.of(operands, Pipeline.of(Strictness.STRICT).lower(List.of(product)), () -> true), backend.blas() != null ? backend : backend.with(() -> blas));
    }

    private NDArray array(DType dtype, int... dims) { return NDArray.generateDoubles(dtype, Shape.of(dims), _ -> random.nextGaussian()); }
}

package org.agnesi.run;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.Tiles;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Product;
import org.agnesi.kernel.Program;
import org.agnesi.symbolic.Expr;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiplicationTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 16, 17, 31, 33, 65, 130};
    private final Random random = new Random(7);

    @ParameterizedTest @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 12, 16, 17, 25, 31, 33, 100, 257, 300})
    void isBlocksOfFmasWhateverComputesIt(int n) {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32)) for (int m : new int[] {1, 3, 9, 33, 100}) for (int k : new int[] {1, 17, n, 513}) {
            var a = array(dtype, m, k);
            var b = array(dtype, k, n);
            var expected = defined(a, b);
            for (var backend : Kernels.BACKENDS) {
                assertThat(plan("ij,jk->ik", dtype, backend).call(List.of(a, b)).getFirst())
                    .as("%d %d %d %s", m, k, n, backend).isEqualTo(expected);
                assertThat(plan("ji,jk->ik", dtype, backend).call(List.of(turned(a), b)).getFirst())
                    .as("turned %d %d %d %s", m, k, n, backend).isEqualTo(expected);
            }
        }
    }

    /// Vectors that are ready in the middle of a product go on where scalars were.
    @ParameterizedTest @ValueSource(ints = {7, 9, 12, 20, 25, 40}) void tilesMayBecomeVectorsInsideAProduct(int n) {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32)) for (int k : new int[] {17, 300}) for (int scalars = 1; scalars < 4; scalars++) {
            var a = array(dtype, 3 * Product.HEIGHT + 5, k);
            var b = array(dtype, k, n);
            assertThat(plan("ij,jk->ik", dtype, new Warming(scalars)).call(List.of(a, b)).getFirst()).as("%d %s %d", k, dtype, scalars)
                .isEqualTo(defined(a, b));
        }
    }

    /// SIMD, but the first tiles that it is asked for are of scalars.
    private static class Warming implements Backend {
        private int scalars;

        Warming(int scalars) { this.scalars = scalars; }

        @Override public Body body(Program program) { return SIMD.body(program); }
        @Override public Tiles tiles(DType dtype, long flops, int kinds) { return Tiles.of(dtype, scalars-- <= 0); }
        @Override public @Nullable Workers workers() { return null; }
        @Override public @Nullable Blas blas() { return null; }
    }

    @ParameterizedTest @ValueSource(ints = {Product.GROUP, Product.GROUP + 1, 3 * Product.GROUP + 700})
    void manyTermsAreAddedInGroups(int k) {
        for (int m : new int[] {1, 2, 9}) for (int n : new int[] {3, 40, 150}) for (var subscripts : List.of("ij,jk->ik", "ji,jk->ki")) {
            boolean turned = subscripts.startsWith("ji");
            NDArray a = array(DType.FLOAT64, m, k), b = array(DType.FLOAT64, k, n), expected = defined(a, b);
            for (var backend : Kernels.BACKENDS) {
                var got = plan(subscripts, DType.FLOAT64, backend).call(List.of(turned ? turned(a) : a, b)).getFirst();
                assertThat(turned ? turned(got) : got).as("%s %d %d %s", subscripts, m, n, backend).isEqualTo(expected);
            }
        }
    }

    /// The value by its definition: sums of [Product#DEPTH] terms each, added in order, and so are those of a [Product#GROUP].
    private static NDArray defined(NDArray a, NDArray b) {
        int m = a.shape().dim(0), k = a.shape().dim(1), n = b.shape().dim(1);
        boolean isDouble = a.dtype() == DType.FLOAT64;
        var c = new double[m * n];
        for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) {
            double group = 0, all = 0;
            for (int p = 0; p < k; p += Product.DEPTH) {
                double sum = 0;
                for (int q = p; q < Math.min(k, p + Product.DEPTH); q++) {
                    double x = a.doubleAt(i * k + q), y = b.doubleAt(q * n + j);
                    sum = isDouble ? Math.fma(x, y, sum) : Math.fma((float) x, (float) y, (float) sum);
                }
                group = rounded(p % Product.GROUP == 0 ? sum : group + sum, isDouble);
                if (p + Product.DEPTH >= k || (p + Product.DEPTH) % Product.GROUP == 0) all = rounded(p < Product.GROUP ? group : all + group, isDouble);
            }
            c[i * n + j] = all;
        }
        return NDArray.wrap(c, m, n).cast(a.dtype());
    }

    private static NDArray turned(NDArray a) {
        int m = a.shape().dim(0), n = a.shape().dim(1);
        return NDArray.wrap(IntStream.range(0, m * n).mapToDouble(i -> a.doubleAt(i % m * n + i / m)).toArray(), n, m).cast(a.dtype());
    }

    private static double rounded(double x, boolean isDouble) { return isDouble ? x : (float) x; }

    @ParameterizedTest
    @ValueSource(strings = {"ij,jk->ik", "ij,kj->ik", "ji,jk->ik", "ij,jk->ki", "ji,kj->ki", "j,jk->k", "ij,i->j", "bij,bjk->bik",
        "bij,bjk->ikb", "ibj,kjb->bik", "bj,bjk->bk", "ijk,jkl->il", "ijk,kjl->il", "ijk,kl->jil", "ij,jklm->lmik", "abij,bajk->iakb"})
    void multipliesWhateverTheOrderOfLabels(String subscripts) {
        for (int trial = 0; trial < 12; trial++) {
            var labels = Subscripts.sizes(subscripts, SIZES, random);
            var a = array(DType.FLOAT64, Subscripts.dims(subscripts, 0, labels));
            var b = array(DType.FLOAT64, Subscripts.dims(subscripts, 1, labels));
            var operands = Subscripts.operands(subscripts, DType.FLOAT64);
            var expected = einsum(subscripts, operands.toArray(Expr[]::new)).node().op().eval(List.of(a, b)).getFirst();
            for (var backend : List.of(Backend.SCALAR, Backend.SIMD)) {
                var plan = plan(subscripts, DType.FLOAT64, backend);
                assertThat(plan.kernels()).contains("= contract(a, b)");
                var got = plan.call(List.of(a, b)).getFirst();
                assertThat(got.shape()).isEqualTo(expected.shape());
                for (int i = 0; i < got.size(); i++)
                    assertThat(got.doubleAt(i)).as("%s %s at %d", labels, backend, i).isCloseTo(expected.doubleAt(i), near());
            }
        }
    }

    private static Offset<Double> near() { return within(1e-11); }

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"})
    void nansAndInfinitiesStayInTheirRowAndColumn(DType dtype) {
        var a = array(dtype, 20, 300);
        var b = array(dtype, 300, 19);
        set(a, 5 * 300 + 299, Double.NaN);
        set(b, 3 * 19 + 18, Double.POSITIVE_INFINITY);
        for (var backend : Kernels.BACKENDS) {
            var c = plan("ij,jk->ik", dtype, backend).call(List.of(a, b)).getFirst();
            for (int i = 0; i < 20; i++) for (int j = 0; j < 19; j++) {
                double y = c.doubleAt(i * 19 + j);
                assertThat(Double.isNaN(y)).as("%d %d", i, j).isEqualTo(i == 5);
                assertThat(Double.isInfinite(y)).as("%d %d", i, j).isEqualTo(i != 5 && j == 18);
            }
        }
    }

    private static void set(NDArray x, int place, double value) {
        if (x.data() instanceof double[] data) data[place] = value;
        if (x.data() instanceof float[] data) data[place] = (float) value;
    }

    @Test void sumsOfNoTermsAreZeroInAnArrayUsedBefore() {
        var plan = plan("ij,jk->ik", DType.FLOAT64, Backend.SIMD);
        var out = array(DType.FLOAT64, 17, 9);
        plan.callInto(List.of(out), List.of(array(DType.FLOAT64, 17, 0), array(DType.FLOAT64, 0, 9)));
        assertThat(out).isEqualTo(NDArray.zeros(DType.FLOAT64, 17, 9));
    }

    @Test void whatIsSmallOrNoProductOfMatricesStaysALoop() {
        for (var subscripts : List.of("i,i->", "i,j->ij", "ij,ij->i", "ij,j->i", "bij,bj->bi"))
            assertThat(plan(subscripts, DType.FLOAT64, Backend.SIMD).kernels()).as(subscripts).doesNotContain("contract(");
        var a = tensor("a", DType.FLOAT64, 16, 16);
        assertThat(Plan.of(List.of(a), List.of(dot(a, a)), Backend.SIMD).kernels()).startsWith("kernel(");
        var rows = tensor("rows", DType.FLOAT64, -1, 8);
        var narrow = tensor("narrow", DType.FLOAT64, 8, 8);
        assertThat(Plan.of(List.of(rows, narrow), List.of(dot(rows, narrow)), Backend.SIMD).kernels()).startsWith("kernel(");
        var wide = tensor("wide", DType.FLOAT64, 8, 9);
        assertThat(Plan.of(List.of(rows, wide), List.of(dot(rows, wide)), Backend.SIMD).kernels()).startsWith("dot = contract(rows, wide)");
        var b = tensor("b", DType.FLOAT64, 16, 17);
        assertThat(Plan.of(List.of(a, b), List.of(dot(a, b)), Backend.SIMD).kernels()).isEqualTo("dot = contract(a, b)   # ij,jk->ik\n");
    }

    /// Opening one takes far longer than making a plan.
    @Test void aLibraryIsAskedForAtTheFirstCallThatItMayBeFor() {
        var asked = new AtomicInteger();
        var backend = Backend.SIMD.with(() -> {
            asked.incrementAndGet();
            return null;
        });
        var x = dmatrix("x");
        var plan = Plan.of(List.of(x), List.of(dot(x, x), inverse(x)), backend);
        assertThat(asked).hasValue(0);
        plan.call(List.of(NDArray.zeros(DType.FLOAT64, 0, 0)));
        assertThat(asked).hasValue(1);   // for the inverse, while there is no product
        var one = NDArray.of(new double[][] {{1, 0}, {0, 1}});
        for (int call = 0; call < 3; call++) assertThat(plan.call(List.of(one))).containsExactly(one, one);
        assertThat(asked).hasValue(5);   // once for products
    }

    /// What is left of a row is no reason to pack: a narrower tile, or a whole one that begins earlier.
    @Test void aRowTakesTilesOfItsOwnWidth() {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
            int panel = Tiles.panel(dtype);
            assertThat(kinds(dtype, 3 * panel + 1)).isEqualTo(Tiles.Kind.NARROW_ROW.bit());
            assertThat(kinds(dtype, 4 * panel)).isEqualTo(Tiles.Kind.ROW.bit());
            assertThat(kinds(dtype, 6 * panel + 1)).isEqualTo(Tiles.Kind.ROW.bit());
            assertThat(kinds(dtype, 4 * panel + 1)).isEqualTo(Tiles.Kind.ROW.bit() | Tiles.Kind.NARROW_ROW.bit());
        }
    }

    private int kinds(DType dtype, int n) {
        var asked = new AtomicInteger();
        var tiles = new Warming(0) {
            @Override public Tiles tiles(DType dtype, long flops, int kinds) {
                asked.updateAndGet(before -> before | kinds);
                return super.tiles(dtype, flops, kinds);
            }
        };
        plan("ij,jk->ik", dtype, tiles).call(List.of(array(dtype, 1, 300), array(dtype, 300, n)));
        return asked.get();
    }

    @Test void allocatesNothingAfterAFewCalls() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var plan = plan("bij,bjk->bik", DType.FLOAT64, Backend.SCALAR);
        var in = List.of(array(DType.FLOAT64, 3, 40, 70), array(DType.FLOAT64, 3, 70, 50));
        var out = List.of(array(DType.FLOAT64, 3, 40, 50));
        for (int k = 0; k < 50; k++) plan.callInto(out, in);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < 10; k++) plan.callInto(out, in);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    }

    private static Plan plan(String subscripts, DType dtype, Backend backend) {
        var operands = Subscripts.operands(subscripts, dtype);
        return Plan.of(operands, List.of(einsum(subscripts, operands.toArray(Expr[]::new))), backend);
    }

    private NDArray array(DType dtype, int... dims) {
        var x = NDArray.zeros(dtype, dims);
        for (int i = 0; i < Shape.of(dims).size(); i++) set(x, i, random.nextGaussian());
        return x;
    }
}

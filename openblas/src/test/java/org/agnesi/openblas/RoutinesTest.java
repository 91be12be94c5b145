package org.agnesi.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agnesi.kernel.Blas;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The routines themselves, against sums as they are defined: all transposes, sizes, places in arrays, both dtypes.
class RoutinesTest {
    private static final int[] SIZES = {1, 2, 7, 8, 9, 33};
    private static Blas blas;
    private final Random random = new Random(5);

    @BeforeAll static void open() { blas = Here.blas(); }

    @ParameterizedTest @ValueSource(classes = {double.class, float.class})
    void multipliesMatrices(Class<?> element) {
        for (int m : SIZES) for (int n : SIZES) for (int k : SIZES) for (int turns = 0; turns < 4; turns++)
            multiplies(element, turns % 2 == 1, turns / 2 == 1, m, n, k, turns % 2);
    }

    @ParameterizedTest @ValueSource(classes = {double.class, float.class})
    void multipliesWhatIsCutIntoSeveralCalls(Class<?> element) {
        for (int turns = 0; turns < 4; turns++) for (var sizes : List.of(new int[] {1023, 65, 40}, new int[] {9, 1023, 200}, new int[] {5, 7, 40_001}))
            multiplies(element, turns % 2 == 1, turns / 2 == 1, sizes[0], sizes[1], sizes[2], 1);
    }

    private void multiplies(Class<?> element, boolean turnsA, boolean turnsB, int m, int n, int k, double beta) {
        int rowA = (turnsA ? m : k) + 3, rowB = (turnsB ? k : n) + 1, rowC = n + 2;
        var a = array(element, 5 + rowA * (turnsA ? k : m));
        var b = array(element, 2 + rowB * (turnsB ? n : k));
        var c = array(element, 7 + rowC * m);
        var before = doubles(c);
        blas.gemm(turnsA, turnsB, m, n, k, a, 5, rowA, b, 2, rowB, beta, c, 7, rowC);
        double[] left = doubles(a), right = doubles(b), got = doubles(c);
        double worst = 0;
        for (int at = 0; at < got.length; at++) {
            int i = (at - 7) / rowC, j = (at - 7) % rowC;
            double expected = before[at];
            if (at >= 7 && j < n) {
                expected *= beta;
                for (int p = 0; p < k; p++) expected += left[5 + (turnsA ? p * rowA + i : i * rowA + p)] * right[2 + (turnsB ? j * rowB + p : p * rowB + j)];
            }
            worst = Math.max(worst, Math.abs(got[at] - expected));
        }
        assertThat(worst).as("%s %s %s %d %d %d", element, turnsA, turnsB, m, n, k).isLessThan(near(element, k));
    }

    @ParameterizedTest @ValueSource(classes = {double.class, float.class})
    void multipliesVectors(Class<?> element) {
        for (int m : new int[] {1, 7, 8, 9, 1023}) for (int n : new int[] {1, 7, 8, 9, 1023}) for (int turns = 0; turns < 2; turns++)
            for (double beta : new double[] {0, 0.5}) multipliesVector(element, turns == 1, m, n, beta);
        multipliesVector(element, false, 3, 200_001, 0.5);
        multipliesVector(element, true, 3, 200_001, 0.5);
        multipliesVector(element, true, 200_001, 3, 0.5);
    }

    private void multipliesVector(Class<?> element, boolean turns, int m, int n, double beta) {
        int row = n + 3, in = turns ? m : n, out = turns ? n : m;
        var a = array(element, 5 + row * m);
        var x = array(element, 1 + 2 * in);
        var y = array(element, 4 + 3 * out);
        var before = doubles(y);
        blas.gemv(turns, m, n, a, 5, row, x, 1, 2, beta, y, 4, 3);
        double[] matrix = doubles(a), vector = doubles(x), got = doubles(y);
        double worst = 0;
        for (int at = 0; at < got.length; at++) {
            int i = (at - 4) / 3;
            double expected = before[at];
            if (at >= 4 && (at - 4) % 3 == 0) {
                expected *= beta;
                for (int p = 0; p < in; p++) expected += matrix[5 + (turns ? p * row + i : i * row + p)] * vector[1 + 2 * p];
            }
            worst = Math.max(worst, Math.abs(got[at] - expected));
        }
        assertThat(worst).as("%s %s %d %d", element, turns, m, n).isLessThan(near(element, in));
    }

    @Test void whatWasInTheResultIsForgotten() {
        var ones = new double[100];
        Arrays.fill(ones, 1);
        var nans = new double[100];
        Arrays.fill(nans, Double.NaN);
        blas.gemm(false, false, 10, 10, 10, ones, 0, 10, ones, 0, 10, 0, nans, 0, 10);
        assertThat(nans).containsOnly(10);
        for (boolean turns : new boolean[] {false, true}) {
            Arrays.fill(nans, Double.NaN);
            var expected = nans.clone();
            Arrays.fill(expected, 30, 40, 10);
            blas.gemv(turns, 10, 10, ones, 0, 10, ones, 0, 1, 0, nans, 30, 1);
            assertThat(nans).isEqualTo(expected);
        }
    }

    @Test void tooLittleMemoryStaysThatError() {
        var error = new OutOfMemoryError();
        assertThatThrownBy(() -> OpenBlas.failure(error)).isSameAs(error);
        var linkage = new UnsatisfiedLinkError();
        assertThat(OpenBlas.failure(linkage)).hasMessage("a routine of OpenBLAS was not called").hasCause(linkage);
    }

    /// The garbage collector moves arrays, and slices begin anywhere.
    @Test void theBitsDoNotDependOnWhereAnArrayLies() {
        for (int n : new int[] {3, 9, 33, 100}) {
            var a = (double[]) array(double.class, n * n);
            var b = (double[]) array(double.class, n * n);
            var c = new double[n * n];
            var y = new double[n];
            blas.gemm(false, true, n, n, n, a, 0, n, b, 0, n, 0, c, 0, n);
            blas.gemv(true, n, n, a, 0, n, b, 0, 1, 0, y, 0, 1);
            for (int shift = 1; shift < 9; shift++) {
                var moved = new double[3 * (n * n + shift)];
                System.arraycopy(a, 0, moved, shift, n * n);
                System.arraycopy(b, 0, moved, n * n + shift, n * n);
                blas.gemm(false, true, n, n, n, moved, shift, n, moved, n * n + shift, n, 0, moved, 2 * n * n + shift, n);
                assertThat(Arrays.copyOfRange(moved, 2 * n * n + shift, 3 * n * n + shift)).as("%d %d", n, shift).isEqualTo(c);
                blas.gemv(true, n, n, moved, shift, n, moved, n * n + shift, 1, 0, moved, 2 * n * n + shift, 1);
                assertThat(Arrays.copyOfRange(moved, 2 * n * n + shift, 2 * n * n + n + shift)).as("%d %d", n, shift).isEqualTo(y);
            }
        }
    }

    private static double near(Class<?> element, int terms) { return (element == double.class ? 1e-14 : 1e-5) * (10 + terms); }

    private Object array(Class<?> element, int length) {
        var array = Array.newInstance(element, length);
        for (int i = 0; i < length; i++) Array.set(array, i, element == double.class ? (Object) random.nextDouble(-1, 1) : (Object) random.nextFloat(-1, 1));
        return array;
    }

    private static double[] doubles(Object array) {
        return IntStream.range(0, Array.getLength(array)).mapToDouble(i -> Array.getDouble(array, i)).toArray();
    }
}

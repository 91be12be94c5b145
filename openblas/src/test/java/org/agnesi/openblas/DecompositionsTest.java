package org.agnesi.openblas;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cholesky;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.slogdet;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.solveTriangular;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agnesi.Agnesi;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.MatrixError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Compiled functions, which use the library, against each op's own `eval`.
class DecompositionsTest {
    private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 33, 130};
    private final Random random = new Random(11);

    @BeforeAll static void open() { Here.blas(); }

    @Test void theLibraryRuns() { assertThat(Agnesi.describe()).contains("blas        OpenBLAS 0.3.31, for "); }

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"})
    void solvesForVectorsAndMatrices(DType dtype) {
        for (int n : SIZES) for (int columns : new int[] {0, 1, 2, 9}) {
            var a = tensor("a", dtype, -1, -1);
            var b = tensor("b", dtype, -1, -1);
            var at = List.of(regular(dtype, n, n), array(dtype, n, columns));
            agrees(List.of(a, b), List.of(solve(a, b), solve(a.T(), b), solveTriangular(a, b, true), solveTriangular(a, b, false)), at);
        }
    }

    @ParameterizedTest @EnumSource(value = DType.class, names = {"FLOAT64", "FLOAT32"})
    void invertsAndTakesRootsAndDeterminants(DType dtype) {
        for (int n : SIZES) {
            var a = tensor("a", dtype, -1, -1);
            var results = new ArrayList<Expr>(List.of(inverse(a), cholesky(add(a, a.T()))));
            results.addAll(slogdet(a));
            agrees(List.of(a), results, List.of(regular(dtype, n, n)));
        }
    }

    @Test void eachOfABatchByItself() {
        for (int n : new int[] {1, 3, 9}) for (int batch : new int[] {0, 1, 5}) {
            var a = tensor("a", DType.FLOAT64, -1, -1, -1);
            var b = tensor("b", DType.FLOAT64, -1, -1, -1);
            var results = new ArrayList<Expr>(List.of(solve(a, b), solveTriangular(a, b, true), inverse(a)));
            results.addAll(slogdet(a));
            agrees(List.of(a, b), results, List.of(regular(DType.FLOAT64, batch, n, n), array(DType.FLOAT64, batch, n, 2)));
        }
    }

    /// Permutations, of both signs, and pivots that must be looked for.
    @Test void determinantsHaveTheirSign() {
        var a = dmatrix("a");
        var sign = function(a, slogdet(a));
        for (int n = 1; n < 7; n++) for (int trial = 0; trial < 20; trial++) {
            var order = new ArrayList<Integer>();
            for (int i = 0; i < n; i++) order.add(random.nextInt(i + 1), i);
            var matrix = new double[n][n];
            for (int i = 0; i < n; i++) matrix[i][order.get(i)] = random.nextBoolean() ? 1 : -1;
            var at = NDArray.of(matrix);
            assertThat(sign.callAll(at)).as("%s", at).isEqualTo(reference(List.of(a), slogdet(a)).callAll(at));
        }
    }

    @Test void aSingularMatrixIsTheSameErrorAsWithout() {
        var singular = List.of(NDArray.of(new double[][] {{1, 2}, {2, 4}}), NDArray.of(new double[][] {{1}, {1}}));
        sameError(solve(dmatrix("A"), dmatrix("B")), singular, "solve needs an invertible matrix, but A is singular");
        sameError(inverse(dmatrix("A")), singular.subList(0, 1), "inverse needs an invertible matrix, but A is singular");
        var zero = List.of(NDArray.of(new double[][] {{0, 2}, {2, 4}}), NDArray.of(new double[][] {{1}, {1}}));
        sameError(solveTriangular(dmatrix("A"), dmatrix("B"), true), zero, "solveTriangular needs an invertible matrix, but A is singular");
        sameError(cholesky(dmatrix("A")), zero.subList(0, 1), "cholesky needs a positive definite matrix, but A is not");
        var batch = NDArray.of(new double[][][] {{{1, 0}, {0, 1}}, {{1, 2}, {2, 4}}});
        sameError(inverse(tensor("A", DType.FLOAT64, -1, -1, -1)), List.of(batch), "inverse needs an invertible matrix, but A[1] is singular");
        sameError(cholesky(tensor("A", DType.FLOAT32, -1, -1, -1)), List.of(batch.cast(DType.FLOAT32)),
            "cholesky needs a positive definite matrix, but A[1] is not");
    }

    private static void sameError(Expr y, List<NDArray> at, String begins) {
        var inputs = List.copyOf(y.node().args());
        var f = function(inputs, y);
        assertThatThrownBy(() -> f.call(at.toArray())).isInstanceOf(MatrixError.class).hasMessageStartingWith(begins)
            .satisfies(e -> assertThatThrownBy(() -> reference(inputs, List.of(y)).call(at.toArray())).hasMessage(e.getMessage()));
    }

    @Test void aSingularMatrixHasTheDeterminantZero() {
        var a = dmatrix("a");
        assertThat(function(a, slogdet(a)).callAll(NDArray.of(new double[][] {{1, 2}, {2, 4}}))).hasToString("[0.0, -inf]");
        assertThat(function(a, slogdet(a)).callAll(NDArray.of(new double[][] {{0, 0, 0}, {0, 0, 1}, {-1, 0, 0}}))).hasToString("[0.0, -inf]");
    }

    @Test void nansComeOutWhereTheyGoIn() {
        var a = dmatrix("a");
        var at = NDArray.of(new double[][] {{4, 1, Double.NaN}, {1, 4, 1}, {Double.NaN, 1, 4}});
        for (var y : List.of(inverse(a), cholesky(a), slogdet(a).get(1)))
            assertThat(Arrays.stream((double[]) function(a, y).call(at).data()).filter(Double::isNaN).count()).as("%s", y).isPositive();
    }

    @Test void strictFunctionsUseNoLibrary() {
        var a = dmatrix("a");
        var at = regular(DType.FLOAT64, 40, 40);
        var strict = function().inputs(a).outputs(inverse(a)).mode(Mode.STRICT).compile().call(at);
        assertThat(strict).isEqualTo(reference(List.of(a), List.of(inverse(a))).call(at)).isNotEqualTo(function(a, inverse(a)).call(at));
    }

    private static void agrees(List<Expr> inputs, List<Expr> outputs, List<NDArray> at) {
        var got = function(inputs, outputs).callAll(at.toArray());
        var expected = reference(inputs, outputs).callAll(at.toArray());
        for (int k = 0; k < outputs.size(); k++) {
            assertThat(got.get(k).dtype()).isEqualTo(expected.get(k).dtype());
            double near = got.get(k).dtype() == DType.FLOAT64 ? 1e-12 : 1e-6;
            assertThat(got.get(k).allClose(expected.get(k), near, near)).as("%s of %s\n%s\n%s", outputs.get(k), at, got.get(k), expected.get(k)).isTrue();
        }
    }

    private static Compiled reference(List<Expr> inputs, List<Expr> outputs) {
        return function().inputs(inputs).outputs(outputs).mode(Mode.REFERENCE).compile();
    }

    /// Far from singular, and with any signs: the diagonal dominates.
    private NDArray regular(DType dtype, int... dims) {
        int n = dims[dims.length - 1];
        var x = array(dtype, dims);
        for (int at = 0; at < x.size(); at++) if (at % (n * n) % (n + 1) == 0) x.setDoubleAt(at, x.doubleAt(at) + 4 * n);
        return x;
    }

    private NDArray array(DType dtype, int... dims) { return NDArray.generateDoubles(dtype, Shape.of(dims), _ -> random.nextGaussian()); }
}

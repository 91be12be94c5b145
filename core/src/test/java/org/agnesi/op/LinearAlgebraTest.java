package org.agnesi.op;

import static org.agnesi.Tensors.cholesky;
import static org.agnesi.Tensors.det;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.slogdet;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.MatrixError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
    private static final NDArray SINGULAR = NDArray.of(new double[][] {{1, 2}, {2, 4}});
    private static final NDArray SWAP = NDArray.of(new double[][] {{0, 2}, {3, 0}});

    private final Expr A = dmatrix("A");
    private final Expr b = dvector("b");

    private NDArray at(Expr y, NDArray matrix) { return Graph.eval(y, Map.of(A, matrix, b, NDArray.of(new double[] {1, 2}))); }

    @Test void solvesWithPivots() { assertThat(at(solve(A, b), SWAP)).hasToString("[0.66666667 0.5       ]"); }

    @Test void aTinyMatrixIsNotSingular() {
        assertThat(at(inverse(A), NDArray.of(new double[][] {{1e-200, 0}, {0, 1e-200}})).get(0, 0)).isEqualTo(1e200);
    }

    @Test void anIntegerMatrixIsSolvedInFloat64() {
        var integers = tensor("N", DType.INT32, 2, 2);
        assertThat(solve(integers, b).type()).hasToString("float64[2]");
    }

    @Test void aFloat32MatrixKeepsItsDtype() { assertThat(inverse(tensor("F", DType.FLOAT32, 2, 2)).type()).hasToString("float32[2,2]"); }

    @Test void logarithmAndSignOfADeterminant() {
        var both = slogdet(A);
        assertThat(Graph.eval(both, Map.of(A, SWAP)).toString()).isEqualTo("[-1.0, 1.791759469228055]");
        assertThat(Graph.eval(both, Map.of(A, SINGULAR)).toString()).isEqualTo("[0.0, -inf]");
        assertThat(at(det(A), SWAP).toDouble()).isCloseTo(-6, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test void theLogarithmOfALargeDeterminantDoesNotOverflow() {
        assertThat(at(slogdet(A).get(1), NDArray.of(new double[][] {{1e200, 0}, {0, 1e200}})).toDouble()).isEqualTo(2 * Math.log(1e200));
    }

    @Test void aSingularMatrixIsNamed() {
        assertThatThrownBy(() -> at(solve(A, b), SINGULAR)).isInstanceOf(MatrixError.class).hasMessage("""
            solve needs an invertible matrix, but A is singular
            Add a small multiple of eye(n), or look at how it is built: rows that depend on each other.""");
    }

    @Test void aSingularMatrixOfABatchIsCounted() {
        var batch = tensor("B", DType.FLOAT64, 2, 2, 2);
        var values = NDArray.of(new double[][][] {{{1, 0}, {0, 1}}, {{1, 2}, {2, 4}}});
        assertThatThrownBy(() -> Graph.eval(inverse(batch), Map.of(batch, values))).isInstanceOf(MatrixError.class)
            .hasMessageStartingWith("inverse needs an invertible matrix, but B[1] is singular");
    }

    @Test void anIndefiniteMatrixHasNoRoot() {
        assertThatThrownBy(() -> at(cholesky(A), SINGULAR.cast(DType.FLOAT64).reshape(2, 2))).isInstanceOf(MatrixError.class);
        assertThatThrownBy(() -> at(cholesky(A), NDArray.of(new double[][] {{1, 2}, {2, 1}}))).isInstanceOf(MatrixError.class).hasMessage("""
            cholesky needs a positive definite matrix, but A is not
            Add a small multiple of eye(n), or check that it is symmetric.""");
    }

    @Test void aMatrixIsSquare() {
        assertThatThrownBy(() -> inverse(dmatrix("R", 2, 3))).isInstanceOf(TypeError.class).hasMessageContaining("""
            inverse needs a square matrix in the last two axes, but got R of type float64[2,3]
            Reshape or slice it to one.""");
        assertThatThrownBy(() -> at(inverse(A), NDArray.zeros(DType.FLOAT64, 2, 3))).isInstanceOf(ShapeError.class)
            .hasMessageContaining("inverse needs axis 0 of A and axis 1 of A to be equal");
    }

    @Test void theRightSideHasTheMatrixsRows() {
        assertThatThrownBy(() -> solve(dmatrix("S", 2, 2), dmatrix("R", 3, 1))).isInstanceOf(TypeError.class).hasMessageContaining("""
            solve needs as many rows on the right as the matrix has, and one batch, but got
              S of type float64[2,2]
              R of type float64[3,1]
            Transpose or reshape one of them; a vector on the right is one column.""");
        assertThatThrownBy(() -> solve(A, dscalar("c"))).isInstanceOf(TypeError.class);
    }

    @Test void bothCotangentsShareOneSolve() {
        var y = solve(A, b);
        var back = List.copyOf(Pull.pull(List.of(y), List.of(dvector("g")), List.of(A, b)));
        assertThat(Graph.inOrder(back).stream().filter(n -> n.op() instanceof Solve)).hasSize(2);   // y itself, and one transposed
    }

    @Test void trianglesOfAllSizesAreSolvedAndNothingBeyondTheirDiagonalIsLookedAt() {
        for (int k = 4; k <= 47; k++) {
            int n = k / 4;
            boolean lower = k % 2 == 0, transposed = k % 4 < 2;
            var triangle = triangle(n, lower, 0);
            var right = random(n, n % 4 + 1);
            var x = new SolveTriangular(lower, transposed).value(List.of(triangle(n, lower, Double.NaN), right));
            assertThat(product(triangle, transposed, x).allClose(right, 1e-13, 1e-13)).as("%d %s %s", n, lower, transposed).isTrue();
        }
    }

    @Test void aColumnIsSolvedToTheSameBitsAloneAndBesideOthers() {
        var op = new SolveTriangular(true, false);
        NDArray triangle = triangle(23, true, 0), right = random(23, 37), all = op.value(List.of(triangle, right));
        for (int c = 0; c < 37; c++) {
            int column = c;
            var alone = op.value(List.of(triangle, NDArray.generateDoubles(DType.FLOAT64, Shape.of(23, 1), i -> right.get(i, column))));
            for (int i = 0; i < 23; i++) assertThat(alone.get(i, 0)).isEqualTo(all.get(i, column));
        }
    }

    @Test void aRootTimesItsTransposeIsTheMatrix() {
        for (int n = 1; n <= 11; n++) {
            var root = triangle(n, true, 0);
            var definite = product(root, false, NDArray.generateDoubles(DType.FLOAT64, root.shape(), transposing(root)));
            assertThat(at(cholesky(A), definite).allClose(root, 1e-12, 1e-12)).as("%d", n).isTrue();
        }
    }

    @Test void aMatrixIsIndefiniteByItsLastPivotToo() {
        var almost = NDArray.generateDoubles(DType.FLOAT64, Shape.of(9, 9), i -> i == 80 ? -1e-3 : i % 10 == 0 ? 1 : 0);
        assertThatThrownBy(() -> at(cholesky(A), almost)).isInstanceOf(MatrixError.class);
    }

    /// A triangle whose diagonal dominates, the rest filled.
    private static NDArray triangle(int n, boolean lower, double rest) {
        var random = random(n, n);
        return NDArray.generateDoubles(DType.FLOAT64, random.shape(), at -> {
            int i = at / n, j = at % n;
            return i == j ? 2 + i % 3 : i > j == lower ? random.get(i, j) / n : rest;
        });
    }

    private static NDArray random(int rows, int columns) {
        var random = new Random(rows * 31L + columns);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(rows, columns), i -> random.nextDouble() * 2 - 1);
    }

    private static IntToDoubleFunction transposing(NDArray a) {
        int n = a.shape().dim(0);
        return at -> a.get(at % n, at / n);
    }

    private static NDArray product(NDArray a, boolean transposed, NDArray x) {
        int n = x.shape().dim(0), columns = x.shape().dim(1);
        return NDArray.generateDoubles(DType.FLOAT64, x.shape(), at -> {
            double sum = 0;
            for (int j = 0; j < n; j++) sum += (transposed ? a.get(j, at / columns) : a.get(at / columns, j)) * x.get(j, at % columns);
            return sum;
        });
    }
}

package org.agnesi.op;

import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.any;
import static org.agnesi.Tensors.argmax;
import static org.agnesi.Tensors.argmin;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.logSoftmax;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.min;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.std;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.var;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.Agnesi;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class ReductionTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static String value(Expr e) { return Graph.eval(e, Map.of()).toString(); }

    private static Expr vector(double... x) { return constant(x); }

    private static Expr matrix() { return constant(new double[][] {{1, 5, 3}, {4, 2, 6}}); }

    @Test void maxAlongAnAxisDropsIt() { assertThat(value(max(matrix(), 0))).isEqualTo("[4. 5. 6.]"); }

    @Test void negativeAxesCountFromTheEnd() { assertThat(value(max(matrix(), -1))).isEqualTo("[5. 6.]"); }

    @Test void keptAxesHaveLengthOne() { assertThat(value(min(matrix(), axes(1).keep()))).isEqualTo("[[1.]\n [2.]]"); }

    @Test void keptAxesOfAllBroadcastBack() { assertThat(value(matrix().minus(mean(matrix(), axes().keep())))).isEqualTo("[[-2.5  1.5 -0.5]\n [ 0.5 -1.5  2.5]]"); }

    @Test void maxPropagatesNaN() { assertThat(value(max(vector(1, NAN, 3)))).isEqualTo("nan"); }

    @Test void argmaxFindsTheFirst() { assertThat(value(argmax(vector(1, 7, 7)))).isEqualTo("1"); }

    @Test void argmaxFindsNaNFirst() { assertThat(value(argmax(vector(1, NAN, 7, NAN)))).isEqualTo("1"); }

    @Test void argminCountsInCOrderWithoutAnAxis() { assertThat(value(argmin(matrix().neg()))).isEqualTo("5"); }

    @Test void integersAverageAsFloat64() { assertThat(value(mean(constant(new int[] {1, 2})))).isEqualTo("1.5"); }

    @Test void smallIntegersMultiplyInInt64() {
        assertThat(prod(constant(new int[] {100000, 100000})).type().dtype()).isEqualTo(DType.INT64);
        assertThat(value(prod(constant(new int[] {100000, 100000})))).isEqualTo("10000000000");
    }

    @Test void float32Stays() { assertThat(mean(tensor("x", DType.FLOAT32, -1)).type()).hasToString("float32[]"); }

    @Test void nothingAddsUpToZeroAndMultipliesToOne() {
        assertThat(value(sum(vector()))).isEqualTo("0.0");
        assertThat(value(prod(vector()))).isEqualTo("1.0");
        assertThat(value(any(vector()))).isEqualTo("False");
        assertThat(value(all(vector()))).isEqualTo("True");
        assertThat(value(mean(vector()))).isEqualTo("nan");
        assertThat(value(logsumexp(vector()))).isEqualTo("-inf");
    }

    @Test void nothingHasNoLargestElement() {
        assertThatThrownBy(() -> max(vector())).isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            max needs at least one element along each axis that it reduces, but got float64[0]
            Nothing has no largest or smallest element; concatenate a starting value first.""");
    }

    @Test void nothingHasNoLargestElementAtTheCallEither() {
        var x = dvector("x");
        assertThatThrownBy(() -> Graph.eval(argmin(x), Map.of(x, NDArray.of(new double[0])))).isInstanceOf(ShapeError.class)
            .hasMessageStartingWith("argmin needs at least one element along each axis that it reduces, but got float64(0,)");
    }

    @Test void compiledFunctionsSayItToo() {
        var x = dvector("x");
        var f = Agnesi.function(x, max(x.times(2)));
        assertThatThrownBy(() -> f.call(new double[0])).isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            max needs at least one element along each axis that it reduces, but got float64(0,)
            Nothing has no largest or smallest element; concatenate a starting value first.""");
    }

    @Test void noColumnsHaveNoLargestElementsAndThatIsFine() { assertThat(value(max(constant(new double[3][0]), 0))).isEqualTo("[]"); }

    @Test void maxOfAScalarWithAnAxisOffersMaximum() {
        assertThatThrownBy(() -> max(dscalar("x"), 0)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            max needs an axis of x of type float64[], but got 0
            It has 0 axes; for the larger of two values write maximum(x, 0).""");
    }

    @Test void minOfAVectorWithTooLargeAnAxisOffersMinimum() {
        assertThatThrownBy(() -> min(dvector("x"), 3)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            min needs an axis of x of type float64[?], but got 3
            It has 1 axis; for the smaller of two values write minimum(x, 3).""");
    }

    @Test void argmaxTakesOneAxis() {
        assertThatThrownBy(() -> argmax(dmatrix("x"), 0, 1)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            argmax needs one axis or none, but got [0, 1] for x of type float64[?,?]
            Reshape these axes into one first.""");
    }

    @Test void cumsumOfAMatrixNeedsAnAxis() {
        assertThatThrownBy(() -> cumsum(dmatrix("x"))).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            cumsum of a tensor of rank 2 needs an axis, but got none for x of type float64[?,?]
            Name the axis, or flatten(…) it first.""");
    }

    @Test void softmaxHasNothingToKeep() {
        assertThatThrownBy(() -> softmax(dvector("x"), axes(0).keep())).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            softmax keeps all axes, but got axes(…).keep() for x
            Leave keep() out.""");
    }

    @Test void logsumexpOfInfinities() {
        assertThat(value(logsumexp(vector(-INF, -INF)))).isEqualTo("-inf");
        assertThat(value(logsumexp(vector(-INF, 2)))).isEqualTo("2.0");
        assertThat(value(logsumexp(vector(INF, 2)))).isEqualTo("inf");
        assertThat(value(logsumexp(vector(NAN, 2)))).isEqualTo("nan");
        assertThat(value(logsumexp(vector(1000, 1000)))).isEqualTo("1000.6931471805599");
    }

    @Test void logsumexpOfInfinitiesExpandedToo() {
        for (double[] x : List.of(new double[] {-INF, -INF}, new double[] {INF, 2}, new double[] {-INF, 2}, new double[] {NAN, 2})) {
            var y = logsumexp(vector(x));
            var expanded = y.node().op().expand(y.node().args()).orElseThrow().getFirst();
            assertThat(value(expanded)).isEqualTo(value(y));
        }
    }

    @Test void softmaxOfLargeNumbers() {
        assertThat(value(softmax(vector(1000, 1000, -INF)))).isEqualTo("[0.5 0.5 0. ]");
        assertThat(value(logSoftmax(vector(0, 1000)))).isEqualTo("[-1000.     0.]");
    }

    @Test void softmaxRunsAlongTheLastAxisUnlessTold() {
        assertThat(value(softmax(constant(new double[][] {{0, 0}, {7, 7}})))).isEqualTo("[[0.5 0.5]\n [0.5 0.5]]");
        assertThat(value(softmax(constant(new double[][] {{0, 1}, {0, 1}}), 0))).isEqualTo("[[0.5 0.5]\n [0.5 0.5]]");
    }

    @Test void varianceOfASample() {
        assertThat(value(var(vector(1, 2, 3, 4)))).isEqualTo("1.25");
        assertThat(value(var(vector(1, 2, 3, 4), axes(), 1))).isEqualTo("1.6666666666666667");
        assertThat(value(std(vector(1, 3)))).isEqualTo("1.0");
    }

    @Test void printsItsAxes() {
        var x = dmatrix("x");
        assertThat(List.of(max(x), max(x, 0), mean(x, axes(-1).keep()), var(x, axes(0), 1), softmax(x), argmax(x, 1)).toString())
            .isEqualTo("[max(x), max(x, axis=0), dimshuffle(mean(x, axis=1), 0, \"x\"), var(x, axis=0, ddof=1), softmax(x, axis=1), argmax(x, axis=1)]");
    }
}

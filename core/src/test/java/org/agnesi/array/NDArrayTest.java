package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NDArrayTest {
    private static final NDArray MATRIX = NDArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    private static void shapeError(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ShapeError.class).hasMessage(message);
    }

    private static void typeError(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(TypeError.class).hasMessage(message);
    }

    @Test
    void factoriesAgreeWithFrom() {
        assertThat(List.of(NDArray.of(1.0), NDArray.of(1f), NDArray.of(1), NDArray.of(1L), NDArray.of(true)))
                .isEqualTo(List.of(NDArray.from(1.0), NDArray.from(1f), NDArray.from(1), NDArray.from(1L), NDArray.from(true)));
    }

    @Test
    void ofASingleIntIsANumberNotAnArray() {
        assertThat(NDArray.of(2).shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void elementsAreReadByIndex() {
        assertThat(MATRIX.get(1, 2)).isEqualTo(6);
        assertThat(MATRIX.get(-1, 0)).isEqualTo(4);
        assertThat(MATRIX.getLong(0, 1)).isEqualTo(2);
        assertThat(MATRIX.getBoolean(0, 1)).isTrue();
        assertThat(NDArray.of(7.5).get()).isEqualTo(7.5);
    }

    @Test
    void flatPositionsFollowCOrder() {
        assertThat(MATRIX.doubleAt(3)).isEqualTo(4);
    }

    @Test
    void aWrapSharesItsArray() {
        var data = new double[] {1, 2};
        var x = NDArray.wrap(data, 2);
        assertThat(x.data()).isSameAs(data);
    }

    @Test
    void aWrapOfTheWrongLengthIsRefused() {
        shapeError(() -> NDArray.wrap(new double[5], 2, 3), """
                shape (2, 3) needs 6 elements, but the array has 5
                Give dims whose product is the array's length.""");
    }

    @Test
    void aWrapOfTheWrongArrayIsRefused() {
        typeError(() -> NDArray.wrap(DType.FLOAT32, Shape.of(1), new double[1]), """
                elements of dtype float32 live in a float[], but got a double[]
                Pass that array, or the dtype that fits it.""");
    }

    @Test
    void uint8WrapsBytes() {
        assertThat(NDArray.wrap(DType.UINT8, Shape.of(1), new byte[] {-1}).get(0)).isEqualTo(255);
    }

    @Test
    void zerosAreZeroInEveryDtype() {
        for (var dtype : DType.values()) assertThat(NDArray.zeros(dtype, 2, 2).toDoubleArray()).containsOnly(0);
    }

    @Test
    void fullRepeatsOneValue() {
        assertThat(NDArray.full(DType.INT16, Shape.of(2), 7.9)).hasToString("[7 7]");
    }

    @Test
    void generatingAsksForEachFlatPosition() {
        assertThat(NDArray.generateDoubles(DType.FLOAT64, Shape.of(2, 2), i -> i * 0.5))
                .isEqualTo(NDArray.of(new double[][] {{0, 0.5}, {1, 1.5}}));
        assertThat(NDArray.generateBooleans(Shape.of(3), i -> i == 1)).isEqualTo(NDArray.of(new boolean[] {false, true, false}));
    }

    @Test
    void generatedIntegersWrapAtTheirWidth() {
        assertThat(NDArray.generateLongs(DType.UINT8, Shape.of(3), i -> 255 + i).toIntArray()).containsExactly(255, 0, 1);
    }

    @Test
    void eachGeneratorNamesTheOthers() {
        typeError(() -> NDArray.generateDoubles(DType.INT32, Shape.of(1), i -> i), """
                generateDoubles needs float32 or float64, but got int32
                Use generateLongs for integers, generateBooleans for bool.""");
        typeError(() -> NDArray.generateLongs(DType.BOOL, Shape.of(1), i -> i), """
                generateLongs needs an integer dtype, but got bool
                Use generateDoubles for floats, generateBooleans for bool.""");
    }

    @Test
    void theOnlyElementIsReadWhateverTheRank() {
        assertThat(NDArray.of(new double[][] {{2.5}}).toDouble()).isEqualTo(2.5);
        assertThat(NDArray.of(3).toLong()).isEqualTo(3);
        assertThat(NDArray.of(true).toBoolean()).isTrue();
    }

    @Test
    void manyElementsAreNotOneNumber() {
        shapeError(MATRIX::toDouble, """
                toDouble needs an array of one element, but this one is float64 of shape (2, 3)
                Pick one with get(…), or take all with toDoubleArray().""");
        shapeError(() -> NDArray.of(new int[0]).toLong(), """
                toLong needs an array of one element, but this one is int32 of shape (0,)
                Pick one with get(…), or take all with toLongArray().""");
    }

    @Test
    void arraysComeOutInCOrder() {
        assertThat(MATRIX.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(MATRIX.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    }

    @Test
    void arraysComeOutAsCopies() {
        MATRIX.toDoubleArray()[0] = 7;
        assertThat(MATRIX.get(0, 0)).isEqualTo(1);
    }

    @Test
    void onlyAMatrixHasRowsAndColumns() {
        shapeError(() -> NDArray.of(new double[2]).toDoubleMatrix(), """
                toDoubleMatrix needs an array of rank 2, but this one has shape (2,)
                Reshape it first, or take all elements with toDoubleArray().""");
    }

    @Test
    void takeTransposes() {
        assertThat(MATRIX.take(Shape.of(3, 2), i -> i % 2 * 3 + i / 2)).isEqualTo(NDArray.of(new double[][] {{1, 4}, {2, 5}, {3, 6}}));
    }

    @Test
    void takeKeepsTheDtype() {
        for (var dtype : DType.values()) {
            var x = NDArray.of(new int[] {1, 0, 1}).cast(dtype);
            assertThat(x.take(Shape.of(2), i -> i + 1)).isEqualTo(NDArray.of(new int[] {0, 1}).cast(dtype));
        }
    }

    @Test
    void reshapeSharesTheElements() {
        assertThat(MATRIX.reshape(3, 2)).isEqualTo(NDArray.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        assertThat(MATRIX.reshape(6).data()).isSameAs(MATRIX.data());
    }

    @Test
    void reshapeKeepsTheNumberOfElements() {
        shapeError(() -> MATRIX.reshape(4, 2), """
                reshape keeps the number of elements, but (2, 3) has 6 and (4, 2) has 8
                Give a shape whose lengths multiply to 6.""");
    }

    @Test
    void equalityIsByDtypeShapeAndElements() {
        assertThat(NDArray.of(new int[] {1, 2})).isEqualTo(NDArray.of(new int[] {1, 2})).hasSameHashCodeAs(NDArray.of(new int[] {1, 2}))
                .isNotEqualTo(NDArray.of(new long[] {1, 2})).isNotEqualTo(NDArray.of(new int[][] {{1, 2}}))
                .isNotEqualTo(NDArray.of(new int[] {1, 3}));
    }

    @Test
    void nanEqualsNanAndZerosDifferBySign() {
        assertThat(NDArray.of(Double.NaN)).isEqualTo(NDArray.of(Double.NaN));
        assertThat(NDArray.of(0.0)).isNotEqualTo(NDArray.of(-0.0));
    }

    @Test
    void int8AndUint8DifferThoughTheirBytesAgree() {
        assertThat(NDArray.zeros(DType.INT8, 2)).isNotEqualTo(NDArray.zeros(DType.UINT8, 2));
    }

    @Test
    void closenessScalesWithTheSecondArray() {
        assertThat(NDArray.of(100.9).allClose(NDArray.of(100), 0.01, 0)).isTrue();
        assertThat(NDArray.of(101.1).allClose(NDArray.of(100), 0.01, 0)).isFalse();
        assertThat(NDArray.of(0.05).allClose(NDArray.of(0), 0, 0.1)).isTrue();
    }

    @Test
    void specialValuesAreCloseToThemselvesOnly() {
        var special = NDArray.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1});
        assertThat(special.allClose(special, 0, 0)).isTrue();
        assertThat(NDArray.of(Double.POSITIVE_INFINITY).allClose(NDArray.of(Double.NEGATIVE_INFINITY), 1, 1)).isFalse();
        assertThat(NDArray.of(1.0).allClose(NDArray.of(Double.POSITIVE_INFINITY), 1, 1)).isFalse();
        assertThat(NDArray.of(Double.NaN).allClose(NDArray.of(1.0), 1, 1)).isFalse();
    }

    @Test
    void differentShapesAreNeverClose() {
        assertThat(NDArray.of(1.0).allClose(NDArray.of(new double[] {1}), 1, 1)).isFalse();
    }
}

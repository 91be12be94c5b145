package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.junit.jupiter.api.Test;

/// What [NDArray#from] makes of Java values.
class NestedTest {
    private static String type(Object value) { return NDArray.from(value).dtype() + " " + NDArray.from(value).shape(); }

    @Test
    void eachJavaNumberHasItsDtype() {
        assertThat(Stream.of(true, (byte) 1, (short) 1, 1, 1L, 1f, 1.0).map(NestedTest::type)).containsExactly(
                "bool ()", "int8 ()", "int16 ()", "int32 ()", "int64 ()", "float32 ()", "float64 ()");
    }

    @Test
    void eachPrimitiveArrayHasItsDtype() {
        var arrays = Stream.of(new boolean[1], new byte[1], new short[1], new int[1], new long[1], new float[1], new double[1]);
        assertThat(arrays.map(NestedTest::type))
                .containsExactly("bool (1,)", "int8 (1,)", "int16 (1,)", "int32 (1,)", "int64 (1,)", "float32 (1,)", "float64 (1,)");
    }

    @Test
    void otherNumbersBecomeTheNearestKind() {
        assertThat(NDArray.from(new BigDecimal("0.1"))).isEqualTo(NDArray.of(0.1));
        assertThat(NDArray.from(BigInteger.TWO)).isEqualTo(NDArray.of(2L));
    }

    @Test
    void arraysNestToAnyDepth() {
        var deep = new int[][][][] {{{{1, 2}, {3, 4}}}, {{{5, 6}, {7, 8}}}};
        assertThat(NDArray.from(deep)).isEqualTo(NDArray.wrap(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 2, 2));
    }

    @Test
    void listsPromoteTheirElements() {
        assertThat(NDArray.from(List.of(1, 2.5))).isEqualTo(NDArray.of(new double[] {1, 2.5}));
        assertThat(NDArray.from(List.of(true, 2L))).isEqualTo(NDArray.of(new long[] {1, 2}));
    }

    @Test
    void listsOfArraysStack() {
        var stacked = NDArray.from(List.of(new double[] {1, 2}, new int[] {3, 4}, List.of(5, 6), NDArray.of(new long[] {7, 8})));
        assertThat(stacked).isEqualTo(NDArray.of(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}}));
    }

    @Test
    void boxedArraysCountAsLists() {
        assertThat(NDArray.from(new Integer[][] {{1, 2}, {3, 4}})).isEqualTo(NDArray.of(new int[][] {{1, 2}, {3, 4}}));
    }

    @Test
    void anNDArrayIsReturnedAsItIs() {
        var x = NDArray.of(1.0);
        assertThat(NDArray.from(x)).isSameAs(x);
    }

    @Test
    void theCallersArrayIsCopied() {
        double[][] rows = {{1, 2}};
        var x = NDArray.of(rows);
        rows[0][0] = 7;
        assertThat(x.get(0, 0)).isEqualTo(1);
    }

    @Test
    void emptyArraysKeepTheirRankAndDtype() {
        assertThat(type(new int[0][])).isEqualTo("int32 (0, 0)");
        assertThat(type(new float[2][0][])).isEqualTo("float32 (2, 0, 0)");
        assertThat(type(new long[3][0])).isEqualTo("int64 (3, 0)");
        assertThat(type(List.of())).isEqualTo("float64 (0,)");
    }

    private static void refuses(Object value, Class<? extends AgnesiException> kind, String message) {
        assertThatThrownBy(() -> NDArray.from(value)).isInstanceOf(kind).hasMessage(message);
    }

    @Test
    void aRaggedMatrixNamesTheRowAndBothLengths() {
        refuses(new double[][] {{1, 2, 3}, {4, 5}}, ShapeError.class, """
                rows of one length are needed, but row 1 has length 2 and row 0 has length 3
                Pad or cut them to the same length.""");
    }

    @Test
    void aRaggedBlockNamesItsPlace() {
        refuses(new int[][][] {{{1}, {2}}, {{3}, {4, 5}}}, ShapeError.class, """
                rows of one length are needed, but row [1, 1] has length 2 and row [0, 0] has length 1
                Pad or cut them to the same length.""");
    }

    @Test
    void blocksWithDifferentNumbersOfRowsAreRagged() {
        refuses(new int[][][] {{{1}, {2}}, {{3}}}, ShapeError.class, """
                rows of one length are needed, but row 1 has length 1 and row 0 has length 2
                Pad or cut them to the same length.""");
    }

    @Test
    void aNumberAmongRowsIsRagged() {
        refuses(List.of(List.of(1, 2), 3), ShapeError.class, """
                rows of one length are needed, but row 1 is a single number and row 0 has length 2
                Pad or cut them to the same length.""");
        refuses(List.of(3, List.of(1, 2)), ShapeError.class, """
                rows of one length are needed, but row 1 has length 2 and row 0 is a single number
                Pad or cut them to the same length.""");
    }

    @Test
    void arraysOfDifferentShapeAreRagged() {
        refuses(List.of(NDArray.zeros(DType.INT8, 2, 3), NDArray.zeros(DType.INT8, 3, 2)), ShapeError.class, """
                rows of one length are needed, but row 1 has shape (3, 2) and row 0 has shape (2, 3)
                Pad or cut them to the same length.""");
    }

    @Test
    void textIsNoNumber() {
        refuses("3", TypeError.class, """
                numbers, booleans, or arrays and lists of them are needed, but got a java.lang.String
                Convert it first.""");
    }

    @Test
    void aNullRowIsNamed() {
        refuses(new double[][] {{1}, null}, TypeError.class, """
                numbers, booleans, or arrays and lists of them are needed, but element 1 of a double[][] is null
                Fill it in first.""");
        refuses(Arrays.asList(1, null), TypeError.class, """
                numbers, booleans, or arrays and lists of them are needed, but element 1 of a list is null
                Fill it in first.""");
    }

    @Test
    void anIntegerBeyond64BitsIsRefused() {
        refuses(BigInteger.TWO.pow(63), TypeError.class, """
                an integer of at most 64 bits is needed, but got 9223372036854775808
                Pass its doubleValue() if rounding is acceptable.""");
    }

    @Test
    void aListInsideItselfIsRefused() {
        var list = new ArrayList<Object>();
        list.add(list);
        refuses(list, TypeError.class, """
                an array of at most 64 axes is needed, but these lists nest deeper
                Is a list its own element?""");
    }
}

package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The one table of conversions: [NDArray#cast], and with it every reading and writing across dtypes.
class CastTest {
    private static final double[] EXTREMES = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 2.9, -2.9};

    private static String cast(NDArray array, DType target) { return array.cast(target).toString().replaceAll(" +", " "); }

    @Test
    void floatsSaturateAtTheIntegersRangeAndNanIsZero() {
        var x = NDArray.of(EXTREMES);
        assertThat(cast(x, DType.INT8)).isEqualTo("[ 0 127 -128 127 -128 2 -2]");
        assertThat(cast(x, DType.UINT8)).isEqualTo("[ 0 255 0 255 0 2 0]");
        assertThat(cast(x, DType.INT16)).isEqualTo("[ 0 32767 -32768 32767 -32768 2 -2]");
        assertThat(x.cast(DType.INT32).toIntArray())
                .containsExactly(0, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 2, -2);
        assertThat(x.cast(DType.INT64).toLongArray())
                .containsExactly(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 2, -2);
    }

    @Test
    void float32SaturatesAsFloat64Does() {
        for (var target : new DType[] {DType.INT8, DType.UINT8, DType.INT16, DType.INT32, DType.INT64})
            assertThat(NDArray.of(EXTREMES).cast(DType.FLOAT32).cast(target)).isEqualTo(NDArray.of(EXTREMES).cast(target));
    }

    @Test
    void justBeyondTheRangeSaturates() {
        assertThat(cast(NDArray.of(new double[] {127.9, 128, -128.9, -129, -0.9}), DType.INT8)).isEqualTo("[ 127 127 -128 -128 0]");
        assertThat(cast(NDArray.of(new double[] {255.9, 256, -0.9, -1}), DType.UINT8)).isEqualTo("[255 255 0 0]");
    }

    @Test
    void integersWrapAround() {
        var x = NDArray.of(new long[] {128, 255, 256, -1, -129, 1L << 40 | 5});
        assertThat(cast(x, DType.INT8)).isEqualTo("[-128 -1 0 -1 127 5]");
        assertThat(cast(x, DType.UINT8)).isEqualTo("[128 255 0 255 127 5]");
        assertThat(NDArray.of(new int[] {32768, -32769}).cast(DType.INT16).toIntArray()).containsExactly(-32768, 32767);
        assertThat(NDArray.of(1L << 31).cast(DType.INT32).toLong()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void int8AndUint8ShareTheirBits() {
        var bytes = NDArray.wrap(new byte[] {-1, -128, 127}, 3);
        assertThat(bytes.cast(DType.UINT8).toIntArray()).containsExactly(255, 128, 127);
        assertThat(bytes.cast(DType.UINT8).cast(DType.INT8)).isEqualTo(bytes);
    }

    @Test
    void uint8WidensWithoutASign() {
        assertThat(NDArray.full(DType.UINT8, Shape.SCALAR, 200).cast(DType.FLOAT64)).isEqualTo(NDArray.of(200.0));
    }

    @Test
    void everythingButZeroIsTrue() {
        assertThat(cast(NDArray.of(new double[] {0, -0.0, 0.25, Double.NaN, -1}), DType.BOOL)).isEqualTo("[False False True True True]");
        assertThat(cast(NDArray.of(new float[] {0, Float.MIN_VALUE}), DType.BOOL)).isEqualTo("[False True]");
        assertThat(cast(NDArray.of(new long[] {0, 256, 1L << 32}), DType.BOOL)).isEqualTo("[False True True]");
    }

    @Test
    void trueIsOne() {
        for (var target : DType.values()) assertThat(NDArray.of(true).cast(target).toDouble()).isEqualTo(1);
    }

    @Test
    void longsRoundToTheNearestFloat() {
        long odd = (1L << 53) + 1;
        assertThat(NDArray.of(odd).cast(DType.FLOAT64).toDouble()).isEqualTo(9007199254740992.0);
        assertThat(NDArray.of(Long.MAX_VALUE).cast(DType.FLOAT64).toDouble()).isEqualTo(0x1p63);
    }

    @Test
    void longsRoundToFloat32Once() {
        long above = (1L << 60) + (1L << 36) + 1;   // just above a tie of float32; by way of double it would become the tie
        assertThat(NDArray.of(above).cast(DType.FLOAT32).toDouble()).isEqualTo(0x1.000002p60);
    }

    @Test
    void float64RoundsToFloat32() {
        assertThat(NDArray.of(0.1).cast(DType.FLOAT32)).isEqualTo(NDArray.of(0.1f));
        assertThat(NDArray.of(1e300).cast(DType.FLOAT32)).isEqualTo(NDArray.of(Float.POSITIVE_INFINITY));
        assertThat(NDArray.of(1e-300).cast(DType.FLOAT32)).isEqualTo(NDArray.of(0f));
    }

    @Test
    void castingToItsOwnDtypeGivesItself() {
        var x = NDArray.of(EXTREMES);
        assertThat(x.cast(DType.FLOAT64)).isSameAs(x);
    }

    @Test
    void readingConvertsByTheSameTable() {
        var x = NDArray.of(new double[] {Double.NaN, 1e300, -2.9});
        assertThat(x.toIntArray()).containsExactly(0, Integer.MAX_VALUE, -2);
        assertThat(x.getLong(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(x.toBooleanArray()).containsExactly(true, true, true);
    }

    @Test
    void writingConvertsByTheSameTable() {
        var bytes = NDArray.zeros(DType.INT8, 2);
        bytes.setDoubleAt(0, 300);
        bytes.setLongAt(1, 300);
        assertThat(bytes.toIntArray()).containsExactly(127, 44);
    }
}

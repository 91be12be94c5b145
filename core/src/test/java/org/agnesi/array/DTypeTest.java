package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.agnesi.error.TypeError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DTypeTest {
    @Test
    void promotesByNumPysTable() {   // printed by numpy.promote_types
        var table = Arrays.stream(DType.values())
                .map(a -> Arrays.stream(DType.values()).map(b -> "%-7s".formatted(DType.promote(a, b))).collect(Collectors.joining(" ")))
                .map(String::stripTrailing).collect(Collectors.joining("\n"));
        assertThat(table).isEqualTo("""
                bool    int8    uint8   int16   int32   int64   float32 float64
                int8    int8    int16   int16   int32   int64   float32 float64
                uint8   int16   uint8   int16   int32   int64   float32 float64
                int16   int16   int16   int16   int32   int64   float32 float64
                int32   int32   int32   int32   int32   int64   float64 float64
                int64   int64   int64   int64   int64   int64   float64 float64
                float32 float32 float32 float32 float64 float64 float32 float64
                float64 float64 float64 float64 float64 float64 float64 float64""");
    }

    @Test
    void printsInLowerCase() {
        assertThat(DType.FLOAT64).hasToString("float64");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(DType dtype) {
        assertThat(DType.of(dtype.toString())).isEqualTo(dtype);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> DType.of("double")).isInstanceOf(TypeError.class).hasMessage("""
                a dtype's name is needed, but got 'double'
                The dtypes are bool, int8, uint8, int16, int32, int64, float32, float64.""");
    }

    @Test
    void aNameInTurkishLowerCaseStaysEnglish() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(DType.INT8).hasToString("int8");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void dividingIntegersGivesFloat64() {
        assertThat(Arrays.stream(DType.values()).map(DType::floating)).containsExactly(DType.FLOAT64, DType.FLOAT64, DType.FLOAT64,
                DType.FLOAT64, DType.FLOAT64, DType.FLOAT64, DType.FLOAT32, DType.FLOAT64);
    }

    @Test
    void isOfExactlyOneKind() {
        assertThat(Arrays.stream(DType.values()).filter(DType::isBool)).containsExactly(DType.BOOL);
        assertThat(Arrays.stream(DType.values()).filter(DType::isFloating)).containsExactly(DType.FLOAT32, DType.FLOAT64);
        assertThat(Arrays.stream(DType.values()).filter(DType::isInteger))
                .containsExactly(DType.INT8, DType.UINT8, DType.INT16, DType.INT32, DType.INT64);
    }

    @Test
    void knowsItsBytes() {
        assertThat(Arrays.stream(DType.values()).map(DType::bytes)).containsExactly(1, 1, 1, 2, 4, 8, 4, 8);
    }

    @Test
    void knowsTheRangeOfIntegers() {
        assertThat(Arrays.stream(DType.values()).filter(DType::isInteger).map(t -> t.minValue() + " " + t.maxValue())).containsExactly(
                "-128 127", "0 255", "-32768 32767", Integer.MIN_VALUE + " " + Integer.MAX_VALUE, Long.MIN_VALUE + " " + Long.MAX_VALUE);
    }

    @Test
    void aFloatHasNoIntegerRange() {
        assertThatThrownBy(DType.FLOAT32::maxValue).isInstanceOf(TypeError.class).hasMessage("""
                smallest and largest values need an integer dtype, but got float32
                For floats use -Double.MAX_VALUE and Double.MAX_VALUE, or infinity.""");
    }
}

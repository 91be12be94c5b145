package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The known answers of the Random123 distribution for philox4x32-10.
class PhiloxTest {
    private static String words(long[] counter, long key0, long key1) {
        return Arrays.stream(Philox.words(counter, key0, key1)).mapToObj("%08x"::formatted).collect(Collectors.joining(" "));
    }

    @Test void knowsTheAnswerForZeros() {
        assertThat(words(new long[4], 0, 0)).isEqualTo("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    }

    @Test void knowsTheAnswerForOnes() {
        long ones = 0xffffffffL;
        assertThat(words(new long[] {ones, ones, ones, ones}, ones, ones)).isEqualTo("408f276d 41c83b0e a20bc7c6 6d5451fd");
    }

    @Test void knowsTheAnswerForDigitsOfPi() {
        assertThat(words(new long[] {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L}, 0xa4093822L, 0x299f31d0L))
            .isEqualTo("d16cfe09 94fdcceb 5001e420 24126ea1");
    }
}

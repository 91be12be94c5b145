package org.agnesi.openblas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final Memory memory = new Memory();

    @Test void aPieceThatFitsIsUsedAgainAndASmallerOneStays() {
        var small = memory.take(100);
        var large = memory.take(10_000);
        memory.give(small);
        memory.give(large);
        assertThat(memory.take(5_000)).isSameAs(large);
        assertThat(memory.take(50)).isSameAs(small);
    }

    @Test void manySmallPiecesMakeRoomForALargeOne() {
        var small = IntStream.range(0, 20).mapToObj(_ -> memory.take(100)).toList();
        small.forEach(memory::give);
        var large = memory.take(10_000);
        memory.give(large);
        assertThat(memory.take(10_000)).isSameAs(large);
    }

    @Test void aVeryLargePieceIsNotKept() {
        var large = memory.take((32L << 20) + 1);
        memory.give(large);
        assertThat(memory.take(10_000)).isNotSameAs(large);
    }
}

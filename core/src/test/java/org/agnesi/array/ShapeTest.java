package org.agnesi.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.agnesi.error.ShapeError;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void printsAsATuple() {
        assertThat(Shape.of(2, 3)).hasToString("(2, 3)");
        assertThat(Shape.of(3)).hasToString("(3,)");
        assertThat(Shape.of()).hasToString("()");
    }

    @Test
    void isEqualByItsLengths() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
    }

    @Test
    void multipliesItsLengths() {
        assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of(2, 0).size()).isZero();
    }

    @Test
    void keepsItsLengthsWhenTheCallersArrayChanges() {
        int[] dims = {2, 3};
        var shape = Shape.of(dims);
        dims[0] = 7;
        shape.dims()[1] = 7;
        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void countsAxesFromEitherEnd() {
        assertThat(Shape.of(2, 3).dim(0)).isEqualTo(2);
        assertThat(Shape.of(2, 3).dim(-1)).isEqualTo(3);
    }

    @Test
    void stridesAreThoseOfCOrder() {
        assertThat(Shape.of(2, 3, 4).strides()).containsExactly(12, 4, 1);
        assertThat(Shape.of().strides()).isEmpty();
    }

    @Test
    void stridesOfAnEmptyShapeAreZero() {
        assertThat(Shape.of(70_000, 70_000, 0).strides()).containsExactly(0, 0, 0);
    }

    @Test
    void flatAndIndexAreInverse() {
        var shape = Shape.of(2, 3, 4);
        assertThat(IntStream.range(0, 24).allMatch(i -> shape.flat(shape.index(i)) == i)).isTrue();
    }

    @Test
    void negativeIndicesCountFromTheEnd() {
        assertThat(Shape.of(2, 3).flat(-1, -3)).isEqualTo(3);
    }

    @Test
    void aNegativeLengthIsNoLength() {
        assertThatThrownBy(() -> Shape.of(2, -1)).isInstanceOf(ShapeError.class).hasMessage("""
                a shape needs lengths of zero or more, but got -1 in (2, -1)
                Give every axis its length.""");
    }

    @Test
    void theSizeIsComputedBeyondInt() {
        assertThatThrownBy(() -> Shape.of(65_536, 65_536)).isInstanceOf(ShapeError.class).hasMessage("""
                an array holds at most 2147483647 elements, but shape (65536, 65536) has more
                Split it along one axis.""");
    }

    @Test
    void theSizeIsCheckedBeforeItOverflowsLong() {
        int n = Integer.MAX_VALUE;
        assertThatThrownBy(() -> Shape.of(n, n, n, n)).isInstanceOf(ShapeError.class);
        assertThat(Shape.of(n, n, n, 0).size()).isZero();
    }

    @Test
    void anAxisBeyondTheRankTellsTheRank() {
        assertThatThrownBy(() -> Shape.of(2, 3).dim(2)).isInstanceOf(ShapeError.class).hasMessage("""
                an axis of shape (2, 3) is needed, but got axis 2
                Its rank is 2: count axes from 0, or from -1 for the last.""");
    }

    @Test
    void tooFewIndicesAreCounted() {
        assertThatThrownBy(() -> Shape.of(2, 3).flat(1)).isInstanceOf(ShapeError.class).hasMessage("""
                an element of shape (2, 3) needs one index per axis, 2 in all, but got 1: [1]
                Give as many indices as the array has axes.""");
    }

    @Test
    void anIndexBeyondItsAxisNamesTheAxis() {
        assertThatThrownBy(() -> Shape.of(2, 3).flat(1, 3)).isInstanceOf(ShapeError.class).hasMessage("""
                an index from -3 to 2 is needed on axis 1 of shape (2, 3), but got 3
                Indices count from 0, or from -1 for the last.""");
    }

    @Test
    void anEmptyAxisHasNoIndex() {
        assertThatThrownBy(() -> Shape.of(0).flat(0)).isInstanceOf(ShapeError.class).hasMessage("""
                an index into axis 0 of shape (0,) is impossible, but got 0
                The axis is empty: it has no elements.""");
    }
}

package org.agnesi.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TilesTest {
    @Test void aTileOfScalarsIsAddedToAllOrToNothing() {
        for (double element : new double[] {0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}) {
            assertThat(Double.compare(Tiles.kept(element, 1), element)).isZero();
            assertThat(Float.compare(Tiles.kept((float) element, 1), (float) element)).isZero();
            for (double sum : new double[] {0, -0.0, -2, Double.NaN}) {
                assertThat(Double.compare(Tiles.kept(element, 0) + sum, sum)).isZero();
                assertThat(Float.compare(Tiles.kept((float) element, 0) + (float) sum, (float) sum)).isZero();
            }
        }
    }
}

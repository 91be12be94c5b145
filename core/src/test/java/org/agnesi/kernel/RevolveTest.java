package org.agnesi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevolveTest {
    private static final int LONGEST = 60;
    private static final int MOST = 9;

    /// The least over all first steps, tried one by one.
    private static long[][] least() {
        var least = new long[LONGEST + 1][MOST + 1];
        for (int free = 0; free <= MOST; free++)
            for (int length = 2; length <= LONGEST; length++) {
                long best = (long) length * (length - 1) / 2;
                for (int next = 1; free > 0 && next < length; next++)
                    best = Math.min(best, next + least[length - next][free - 1] + least[next][free]);
                least[length][free] = best;
            }
        return least;
    }

    @Test void noScheduleMakesFewerSteps() {
        var least = least();
        for (int length = 0; length <= LONGEST; length++)
            for (int free = 0; free <= MOST; free++)
                assertThat(Revolve.steps(length, free)).as("%d steps, %d free", length, free).isEqualTo(least[length][free]);
    }

    @Test void itStoresWhereTheFewestStepsFollow() {
        var least = least();
        for (int length = 2; length <= LONGEST; length++)
            for (int free = 1; free <= MOST; free++) {
                int next = Math.toIntExact(Revolve.next(length, free));
                assertThat(next + least[length - next][free - 1] + least[next][free]).as("%d steps, %d free", length, free)
                    .isEqualTo(least[length][free]);
            }
    }

    @Test void aMillionStepsNeedFewStates() {
        assertThat(Revolve.steps(1_000_000, 19)).isLessThan(7_000_000);
        assertThat(Revolve.steps(1_000_000, 0)).isEqualTo(1_000_000L * 999_999 / 2);
        assertThat(Revolve.steps(1_000_000, Long.MAX_VALUE / 2)).isEqualTo(999_999);
    }
}

package org.agnesi.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.junit.jupiter.api.Test;

/// Positions after a reshape are found axis by axis as far as sizes tell.
class ReshapedPositionTest {
    private final Terms terms = new Terms();
    private final Scalar n = size(0), m = size(1);

    private Scalar size(int axis) { return terms.term(new Scalar.Size(0, axis)); }

    private Scalar number(long k) { return terms.term(Scalar.constant(k)); }

    private String of(List<Scalar> from, List<Scalar> to) {
        return new ReshapedPosition(terms, from, to, sizes -> Factors.of(sizes, terms, x -> x)).of(terms.here(from.size())).toString();
    }

    @Test void onlyTheAxesThatChangeAreDivided() {
        assertThat(of(List.of(terms.mul(n, number(2)), m), List.of(n, number(2), m))).isEqualTo("[i0 // 2, i0 % 2, i1]");
        assertThat(of(List.of(n, terms.mul(m, number(5))), List.of(n, m, number(5)))).isEqualTo("[i0, i1 // 5, i1 % 5]");
        assertThat(of(List.of(n, m, number(5)), List.of(n, terms.mul(number(5), m)))).isEqualTo("[i0, i1 * 5 + i2]");
    }

    @Test void whatTakesAllAxesIsFoundByPlace() {
        assertThat(of(List.of(n, m), List.of(m, n)))
            .isEqualTo("[(i0 * x0.shape[1] + i1) // x0.shape[0], (i0 * x0.shape[1] + i1) % x0.shape[0]]");
        assertThat(of(List.of(n), List.of(m, number(3)))).isEqualTo("[i0 // 3, i0 % 3]");
    }

    @Test void axesOfOneElementTakeNone() {
        assertThat(of(List.of(n), List.of(number(1), n, number(1)))).isEqualTo("[0, i0, 0]");
        assertThat(of(List.of(n, number(1)), List.of(n))).isEqualTo("[i0]");
        assertThat(of(List.of(n, number(1), m), List.of(n, m))).isEqualTo("[i0, i2]");
    }
}

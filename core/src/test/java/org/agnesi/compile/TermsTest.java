package org.agnesi.compile;

import static org.agnesi.kernel.Scalar.constant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Input;
import org.junit.jupiter.api.Test;

class TermsTest {
    private final Terms terms = new Terms();
    private final Scalar i = terms.term(new Scalar.Index(0));
    private final Scalar j = terms.term(new Scalar.Index(1));
    private final Scalar n = terms.term(new Scalar.Size(0, 1));

    @Test void equalScalarsAreOneObject() {
        assertThat(terms.add(terms.mul(i, n), j)).isSameAs(terms.add(terms.mul(i, n), j));
        assertThat(terms.add(i, j)).isNotSameAs(terms.add(j, i));
    }

    @Test void zeroAndOneDisappearFromPositions() {
        assertThat(terms.add(terms.mul(i, constant(1L)), constant(0L))).isSameAs(i);
        assertThat(terms.mul(i, constant(0L))).isEqualTo(Const.of(0L));
        assertThat(terms.term(Scalar.rem(i, constant(1L)))).isEqualTo(Const.of(0L));
    }

    @Test void constantsInSumsComeTogether() {
        var less = terms.term(Scalar.sub(n, constant(1L)));
        assertThat(terms.add(less, constant(1L))).isSameAs(n);
        assertThat(terms.term(Scalar.sub(less, constant(2L)))).hasToString("x0.shape[1] - 3");
        assertThat(terms.add(constant(2L), less)).hasToString("x0.shape[1] + 1");
    }

    @Test void floatsAreLeftAlone() {
        var x = terms.term(new Input(0, DType.FLOAT64));
        assertThat(terms.add(x, constant(0.0))).hasToString("x0 + 0.0");
        assertThat(terms.mul(x, constant(0.0))).hasToString("x0 * 0.0");
        assertThat(terms.term(Scalar.eq(x, x))).hasToString("x0 == x0");
    }

    @Test void linearUndoesUnravel() {
        var sizes = List.of(terms.term(new Scalar.Size(0, 0)), n);
        var place = terms.add(i, j);
        assertThat(terms.linear(terms.unravel(place, sizes), sizes)).isSameAs(place);
        assertThat(terms.linear(List.of(i, j), sizes)).hasToString("i0 * x0.shape[1] + i1");
    }
}

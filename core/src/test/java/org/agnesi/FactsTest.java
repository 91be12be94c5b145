package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.shared;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class FactsTest {
    private final Expr u = dvector("u"), v = dvector("v"), w = dvector("w"), a = dmatrix("A");
    private static final double[] TWO = {1, 2}, THREE = {1, 2, 3};

    @Test void namesBothOperandsAndTheirShapes() {
        assertThatThrownBy(() -> function(inputs(u, v), u.plus(v)).call(TWO, THREE)).isInstanceOf(ShapeError.class).hasMessage("""
            add needs axis 0 of u and axis 0 of v to be equal, but got
              u: (2,)
              v: (3,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void seesThroughFormulas() {
        assertThatThrownBy(() -> function(inputs(a, v), exp(dot(a, exp(v))).plus(v)).call(new double[3][2], TWO)).isInstanceOf(ShapeError.class).hasMessage("""
            add needs axis 0 of exp(A \\dot exp(v)) and axis 0 of v to be equal, but got
              exp(A \\dot exp(v)): (3,)
              v: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void speaksOfSharedVariables() {
        var s = shared("s", THREE);
        assertThatThrownBy(() -> function(u, u.times(s)).call(TWO)).hasMessage("""
            mul needs axis 0 of u and axis 0 of s to be equal, but got
              u: (2,)
              s: (3,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void findsAnErrorThatFollowsFromOthers() {
        var f = function(inputs(u, v, w), outputs(u.plus(v), v.plus(w), u.plus(w)));
        assertThat(f.callAll(TWO, TWO, TWO)).hasSize(3);
        assertThatThrownBy(() -> f.callAll(TWO, TWO, THREE)).isInstanceOf(ShapeError.class).hasMessageStartingWith("add needs axis 0 of v and axis 0 of w");
    }

    @Test void isCheckedBeforeAnyUpdate() {
        var s = shared("s", 0.0);
        var f = function().inputs(u, v).outputs(u.plus(v)).update(s, s.plus(1)).compile();
        assertThatThrownBy(() -> f.call(TWO, THREE)).isInstanceOf(ShapeError.class);
        assertThat(s.value()).isEqualTo(NDArray.of(0.0));
    }

    @Test void isCheckedWhereNoValueIsUsed() {
        var length = u.plus(v).length();
        assertThatThrownBy(() -> function(inputs(u, v), length).call(TWO, THREE)).isInstanceOf(ShapeError.class);
    }

    @Test void isCollectedFromLargeGraphs() {
        var y = u;
        for (int i = 0; i < 20_000; i++) y = i % 2 == 0 ? exp(y) : y.plus(v);
        var f = function(inputs(u, v), y.length());
        assertThatThrownBy(() -> f.call(TWO, THREE)).isInstanceOf(ShapeError.class);
    }

    @Test void doesNotCheckWhatIsProvable() {
        assertThat(function(u, u.plus(exp(u)).times(u)).call(TWO).size()).isEqualTo(2);
        assertThat(function(inputs(a, v), sum(dot(a, v))).call(List.of(new double[3][2], TWO)).toDouble()).isZero();
    }
}

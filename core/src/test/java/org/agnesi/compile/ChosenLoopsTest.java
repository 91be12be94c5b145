package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eq;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Choices by sizes in the steps of loops, which are the same at all of them.
class ChosenLoopsTest {
    private static final int STEPS = 50;

    private final Expr x = dvector("x");
    private final Expr y = dvector("y");
    private final Expr same = eq(x.length(), y.length());

    private static NDArray vector(int n) { return NDArray.generateDoubles(DType.FLOAT64, Shape.of(n), at -> Math.cos(at)); }

    private void keepsItsValue(Expr loop) {
        for (int m : List.of(3, 4)) {
            var at = List.of(vector(4), vector(m));
            var expected = function().inputs(inputs(x, y)).outputs(loop).mode(Mode.REFERENCE).compile().call(at);
            assertThat(function(inputs(x, y), loop).call(at).allClose(expected, 1e-12, 1e-12)).as("%d elements", m).isTrue();
        }
    }

    @Test void whatTheOtherSideTakesIsNotComputed() {
        var loop = scan(arange(STEPS), x, (_, s) -> tanh(ifElse(same, mul(s, sum(exp(outer(y, y)))), s))).get(-1);
        keepsItsValue(loop);
        assertThat(function(inputs(x, y), loop).cost(vector(9), vector(9)).elementary()).isEqualTo(STEPS * 9 + 81);
        assertThat(function(inputs(x, y), loop).cost(vector(9), vector(8)).elementary()).isEqualTo(STEPS * 9);
    }

    @Test void choicesInsideOneAnotherAreMadeTogether() {
        var other = gt(y.length(), 3);
        var loop = scan(arange(STEPS), x, (_, s) -> tanh(ifElse(same, ifElse(other, mul(s, sum(exp(outer(y, y)))), s), mul(2, s)))).get(-1);
        keepsItsValue(loop);
        assertThat(function(inputs(x, y), loop).cost(vector(9), vector(9)).elementary()).isEqualTo(STEPS * 9 + 81);
    }

    @Test void aChoiceByWhatChangesStaysInTheSteps() {
        var p = dscalar("p");
        for (var loop : List.of(scan(arange(STEPS), x, (_, s) -> ifElse(gt(sum(s), 0), sin(s), exp(s))),
            scan(arange(STEPS), x, (i, s) -> ifElse(gt(i, 3), sin(s), exp(s))),
            scan(arange(STEPS), x, (_, s) -> ifElse(gt(p, 3), sin(s), exp(s)))))
            assertThat(ChosenLoops.of(List.of(loop))).containsExactly(loop);
    }
}

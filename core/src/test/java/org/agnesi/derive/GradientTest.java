package org.agnesi.derive;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class GradientTest {
    private final Expr x = dvector("x");
    private final NDArray at = NDArray.of(new double[] {1, 2, 3});

    @Test void needsAScalarCost() {
        assertThatThrownBy(() -> Gradient.grad(x.pow(2).named("y"), x)).isInstanceOf(TypeError.class).hasMessage("""
            grad needs a scalar cost, but got y = x ** 2 of type float64[?]
            Sum it first, or ask for jacobian(y, x).""");
    }

    @Test void isToldOnceWhatADisconnectedInputIs() {
        assertThatThrownBy(() -> Gradient.grad(sum(x), x, GradOption.ignoreDisconnected(), GradOption.warnDisconnected())).isInstanceOf(ArgumentError.class).hasMessage("""
            grad needs to be told once what a disconnected input is, but got ignoreDisconnected() and warnDisconnected()
            Leave one of them out.""");
        assertThat(Gradient.grad(sum(x), x, GradOption.ignoreDisconnected(), GradOption.ignoreDisconnected()).type()).isEqualTo(x.type());
    }

    @Test void refusesAnInputThatTheCostDoesNotDependOn() {
        var z = dscalar("z");
        assertThatThrownBy(() -> Gradient.grad(sum(x), z)).isInstanceOf(DisconnectedInputError.class).hasMessage("""
            grad needs an input that the formula depends on, but sum(x) does not depend on z of type float64[]
            Ask for the variable the formula was built from, or pass ignoreDisconnected() for zeros.""");
    }

    @Test void givesZerosForADisconnectedInputIfAsked() {
        var z = dvector("z");
        var g = Gradient.grad(sum(x), z, GradOption.ignoreDisconnected());
        assertThat(Graph.eval(g, Map.of(z, at))).isEqualTo(NDArray.of(new double[] {0, 0, 0}));
    }

    @Test void warnsOfADisconnectedInputIfAsked() {
        var z = dvector("z");
        var warnings = new ArrayList<String>();
        var logger = Logger.getLogger(Connection.class.getName());
        logger.setFilter(record -> !warnings.add(record.getMessage()));
        try {
            var g = Gradient.grad(sum(x), z, GradOption.warnDisconnected());
            assertThat(Graph.eval(g, Map.of(z, at))).isEqualTo(NDArray.of(new double[] {0, 0, 0}));
            Gradient.grad(sum(x), x, GradOption.warnDisconnected());
        } finally {
            logger.setFilter(null);
        }
        assertThat(warnings).containsExactly("""
            grad needs an input that the formula depends on, but sum(x) does not depend on z of type float64[?]
            Ask for the variable the formula was built from, or pass ignoreDisconnected() for zeros.""");
    }

    @Test void saysThatOnlyTheShapeMatters() {
        assertThatThrownBy(() -> Gradient.grad(mul(x.length(), 2.0), x))
            .hasMessageContaining("does not depend on x of type float64[?] (only its shape, or indices made of it, matter)");
    }

    @Test void keepsTheOrderOfSeveralInputs() {
        var a = dscalar("a");
        var b = dscalar("b");
        var gs = Gradient.grad(add(mul(a, 2), mul(b, 3)), List.of(b, a));
        assertThat(Graph.eval(gs, Map.of(a, NDArray.of(1.0), b, NDArray.of(1.0))).stream().map(NDArray::toDouble)).containsExactly(3.0, 2.0);
    }

    @Test void countsAnExpressionAsConstantWhenAsked() {
        var e = exp(x);
        var g = Gradient.grad(sum(mul(x, e)), x, GradOption.considerConstant(e));
        assertThat(Graph.eval(g, Map.of(x, at))).isEqualTo(Graph.eval(e, Map.of(x, at)));
    }

    @Test void addsKnownGradsOfIntermediates() {
        var y = x.pow(2);
        var g = Gradient.grad(sum(x), x, GradOption.knownGrads(Map.of(y, y)));
        assertThat(Graph.eval(g, Map.of(x, at))).isEqualTo(NDArray.of(new double[] {3, 17, 55}));
    }

    @Test void isZeroWhereTheGradientIsConstant() {
        var second = Gradient.grad(sum(Gradient.grad(sum(mul(2, x)), x)), x);
        assertThat(Graph.eval(second, Map.of(x, at))).isEqualTo(NDArray.of(new double[] {0, 0, 0}));
    }

    @Test void nests() {
        var s = dscalar("s");
        Expr y = s.pow(4);
        for (int i = 0; i < 4; i++) y = Gradient.grad(y, s);
        assertThat(Graph.eval(y, Map.of(s, NDArray.of(3.0))).toDouble()).isEqualTo(24);
    }
}

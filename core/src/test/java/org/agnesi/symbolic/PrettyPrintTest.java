package org.agnesi.symbolic;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.derive.Gradient;
import org.agnesi.symbolic.PrettyPrint.Style;
import org.junit.jupiter.api.Test;

class PrettyPrintTest {
    private static String pp(Expr e) { return PrettyPrint.of(e, Style.TUTORIAL); }

    @Test void printsTheGradientAsTheTutorialDoes() {
        var x = dscalar("x");
        assertThat(pp(Gradient.grad(x.pow(2), x))).isEqualTo("((fill((x ** TensorConstant{2}), TensorConstant{1.0}) * TensorConstant{2}) "
            + "* (x ** (TensorConstant{2} - TensorConstant{1})))");
    }

    @Test void callsARenamedVariableByItsNewNameEverywhere() {
        var x = dscalar("x").named("speed");
        var y = exp(x);
        assertThat(pp(y)).isEqualTo("exp(speed)");
        assertThat(y).hasToString("exp(speed)");
        assertThat(x.formula()).isEqualTo("speed");
        assertThat(DebugPrint.of(List.of(y), false)).isEqualTo("exp [id A]\n └─ speed [id B]\n");
        assertThat(Graphviz.of(List.of(y))).contains("label=\"speed\"").doesNotContain("\"x\"");
        assertThat(function(x, y).pp()).isEqualTo("exp(speed)");
        assertThat(function(x, y).kernels()).contains("speed: float64").doesNotContain("x:");
    }

    @Test void aNameForASharedTermIsNoRenamedVariables() {
        var x = dscalar("x").named("a");
        var shared = exp(add(mul(3.25, x), mul(x, x)));
        assertThat(PrettyPrint.of(sub(shared, mul(shared, shared)), Style.PLAIN)).startsWith("let b = exp(((3.25 * a) + (a * a)))");
    }

    @Test void leavesOutTheNumbersWrapping() {
        assertThat(PrettyPrint.of(mul(2, dscalar("x")).plus(1), Style.PLAIN)).isEqualTo("((2 * x) + 1)");
    }

    @Test void showsAxesButNotBroadcasts() {
        var a = dmatrix("A");
        assertThat(PrettyPrint.of(sum(add(a, dvector("b")), 0), Style.PLAIN)).isEqualTo("sum((A + b), axis=0)");
        assertThat(PrettyPrint.of(sum(a.T()), Style.PLAIN)).isEqualTo("sum(A.T)");
    }

    @Test void bindsSharedTermsOnce() {
        var x = dscalar("x");
        var a = exp(add(mul(3.25, x), mul(x, x)));
        assertThat(PrettyPrint.of(sub(a, mul(a, a)), Style.PLAIN)).isEqualTo("""
            let a = exp(((3.25 * x) + (x * x)))
            in (a - (a * a))""");
    }

    @Test void isBoundedForAnyGraph() {
        var x = dscalar("x");
        for (int i = 0; i < 100_000; i++) x = exp(x.plus(x));
        assertThat(pp(x).length()).isLessThan(100_000);
    }
}

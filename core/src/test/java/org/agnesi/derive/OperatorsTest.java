package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    private final Expr x = dvector("x");
    private final Expr w = dmatrix("W");
    private final Expr v = dmatrix("V");
    private final Expr u = dvector("u");
    private final Map<Expr, NDArray> at = Map.of(
        x, NDArray.of(new double[] {0, 1}), w, NDArray.of(new double[][] {{1, 1}, {1, 1}}),
        v, NDArray.of(new double[][] {{2, 2}, {2, 2}}), u, NDArray.of(new double[] {2, 2}));

    @Test void ropIsTheTutorials() { assertThat(Graph.eval(rop(dot(x, w), w, v), at).toString()).isEqualTo("[2. 2.]"); }

    @Test void lopIsTheTutorials() { assertThat(Graph.eval(lop(dot(x, w), w, u), at).toString()).isEqualTo("[[0. 0.]\n [2. 2.]]"); }

    @Test void ropAddsUpOverSeveralInputs() {
        var y = mul(dot(x, w), 2);
        var both = rop(y, List.of(x, w), List.of(u, v));
        assertThat(Graph.eval(both, at).toString()).isEqualTo("[12. 12.]");
    }

    @Test void listsComeBackInTheirOrder() {
        assertThat(lop(dot(x, w), List.of(w, x), u)).extracting(e -> e.type().rank()).containsExactly(2, 1);
        assertThat(rop(List.of(sum(x), x), x, u)).extracting(e -> e.type().rank()).containsExactly(0, 1);
    }

    @Test void theThreeWaysToAHessianTimesAVectorAgree() {
        var cost = sum(tanh(dot(x, w)));
        var g = grad(cost, x);
        var forward = Graph.eval(rop(g, x, u), at);
        var reverse = Graph.eval(grad(sum(mul(g, u)), x), at);
        assertThat(forward.allClose(reverse, 1e-14, 1e-14)).isTrue();
        assertThat(forward.doubleAt(0)).isNotZero();
    }

    /// Also where only the cotangent or the tangent is of unknown size.
    @Test void sweepsKeepTheSizeThatIsKnown() {
        Expr p = dvector("p", 3), q = dvector("q", 3);
        var body = new Lambda(List.of(q), List.of(q.neg()));
        for (var sweep : List.of(Pullback.pullback(body, List.of(p), List.of(0), u).getFirst(), Pushforward.pushforward(body, List.of(p), List.of(0), List.of(u)))) {
            assertThat(sweep.type().dim(0)).isEqualTo(3);
            var f = function(inputs(p, u), sweep);
            assertThat(f.call(new double[3], new double[] {1, 2, 3})).hasToString("[-1. -2. -3.]");
            assertThatThrownBy(() -> f.call(new double[3], new double[] {1, 2})).isInstanceOf(ShapeError.class);
        }
    }

    @Test void refusesAVectorOfAnotherRank() {
        assertThatThrownBy(() -> rop(dot(x, w), w, u)).isInstanceOf(TypeError.class).hasMessage("""
            rop needs a vector of the shape of its input, but got
              input: W of type float64[?,?]
              vector: u of type float64[?]
            Give the direction as many dimensions, of the same sizes.""");
    }

    @Test void refusesAResultThatDoesNotMove() {
        assertThatThrownBy(() -> rop(tanh(x), w, v)).isInstanceOf(DisconnectedInputError.class)
            .hasMessageStartingWith("rop needs an input that the formula depends on, but tanh(x) does not depend on W");
    }
}

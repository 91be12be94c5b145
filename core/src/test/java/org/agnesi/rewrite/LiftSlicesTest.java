package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dtensor3;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.var;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Index;
import org.junit.jupiter.api.Test;

class LiftSlicesTest {
    private final Expr a = dmatrix("A"), b = dmatrix("B"), x = dvector("x"), i = lscalar("i");
    private final Expr s = dtensor3("S"), t = dtensor3("T");

    private final Map<Expr, NDArray> at = Map.of(a, filled(4, 5), b, filled(5, 3), x, filled(5), i, NDArray.of(2L), s, filled(2, 3, 4), t, filled(2, 4, 2));

    private static NDArray filled(int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), k -> Math.sin(1 + 3 * k));
    }

    private static Expr lifted(Expr e) { return new LiftSlices(Strictness.DEFAULT).run(List.of(e), new Trace()).getFirst(); }

    private void becomes(Expr e, String text) {
        var after = lifted(e);
        assertThat(after).hasToString(text);
        assertThat(after.type().refines(e.type())).isTrue();
        var value = Graph.eval(after, at);
        assertThat(value.shape()).isEqualTo(Graph.eval(e, at).shape());
        assertThat(value.allClose(Graph.eval(e, at), 1e-14, 1e-14)).isTrue();
    }

    @Test void aRowOfAProduct() {
        becomes(dot(a, x).get(0), "A[0] \\dot x");
        becomes(dot(a, b).get(i), "A[i] \\dot B");
        becomes(dot(a, b).get(all(), i), "A \\dot B[:, i]");
        becomes(dot(a, b).get(i, -1), "A[i] \\dot B[:, -1]");
        becomes(dot(a, b).get(range(1, i.plus(2)), 1), "A[1:(i + 2)] \\dot B[:, 1]");
    }

    @Test void anElementOfAnOuterProduct() {
        becomes(outer(x, exp(x)).get(1), "einsum(\",i->i\", x[1], exp(x))");
        assertThat(function(x, outer(x, exp(x)).get(1)).pp()).isEqualTo("(x[1] * exp(x))");
    }

    @Test void aMatrixIsNotCopiedForMostOfAProduct() {
        for (var e : List.of(dot(a, x).get(from(1)), dot(a, x).get(new Index.Range(null, null, -1)), dot(b.T(), x).get(upTo(-1)))) becomes(e, e.toString());
        becomes(dot(a, x).get(upTo(2)), "A[:2] \\dot x");
        becomes(dot(a, x).get(from(-2)), "A[-2:] \\dot x");
        becomes(outer(x, x).get(from(1)), "outer(x[1:], x)");
        var known = dmatrix("K", 6, 5);
        assertThat(lifted(dot(known, x).get(from(2)))).hasToString("(K \\dot x)[2:]");
        assertThat(lifted(dot(known, x).get(from(3)))).hasToString("K[3:] \\dot x");
    }

    @Test void throughProductsOfProducts() { becomes(dot(dot(a, b), b.T()).get(i), "(A[i] \\dot B) \\dot B.T"); }

    @Test void alongABatchNothingMoves() {
        becomes(matmul(s, t).get(0), matmul(s, t).get(0).toString());
        becomes(matmul(s, t).get(all(), 1), "matmul(S[:, 1], T)");
    }

    @Test void aRowOfAReduction() {
        becomes(sum(exp(a), 1).get(i), "sum(exp(A)[i])");
        becomes(max(a, 0).get(from(2)), "max(A[:, 2:], axis=0)");
        becomes(sum(s, 1).get(0, i), "sum(S[0, :, i])");
        becomes(var(s, 0, 2).get(i), "var(S[:, i])");
        becomes(sum(dot(a, b), 0).get(1), "sum(A \\dot B[:, 1])");
    }

    @Test void whatSomebodyElseReadsStays() {
        var y = dot(a, x);
        var both = new LiftSlices(Strictness.DEFAULT).run(List.of(y.get(0), y), new Trace());
        assertThat(both).hasToString("[(A \\dot x)[0], A \\dot x]");
    }

    @Test void strictKeepsTheOrderOfSums() {
        assertThat(new LiftSlices(Strictness.STRICT).run(List.of(dot(a, x).get(0)), new Trace())).hasToString("[(A \\dot x)[0]]");
    }

    @Test void theSizesOfOperandsMustStillAgree() {
        var f = function(inputs(a, x), dot(a, x).get(0));
        assertThat(f.pp()).isEqualTo("(A[0] \\dot x)");
        assertThatThrownBy(() -> f.call(new double[2][3], new double[2])).isInstanceOf(ShapeError.class).hasMessage("""
            dot needs axis 1 of A and axis 0 of x to be equal, but got
              A: (2, 3)
              x: (2,)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void aPositionOutsideIsStillAnError() {
        var f = function(inputs(a, x), dot(a, x).get(2));
        assertThatThrownBy(() -> f.call(new double[2][3], new double[3])).isInstanceOf(IndexError.class).hasMessageStartingWith("a position from -2 to 1 is needed along axis 0 of A, but got 2");
    }

    @Test void theExplanationTellsOfIt() {
        assertThat(function(inputs(a, x), dot(a, x).get(0)).explain()).contains("lift-slices\n    (A \\dot x)[0] → A[0] \\dot x");
    }
}

package org.agnesi.rewrite;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eq;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.newAxis;
import static org.agnesi.Tensors.not;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.where;
import static org.agnesi.Tensors.zeroGrad;
import static org.agnesi.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.derive.Gradient;
import org.agnesi.derive.Jacobian;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class RewritingTest {
    private static Expr rewritten(Expr e) { return Pipeline.of(Strictness.DEFAULT).rewrite(List.of(e)).roots().getFirst(); }

    private static Expr strictly(Expr e) { return Pipeline.of(Strictness.STRICT).rewrite(List.of(e)).roots().getFirst(); }

    private static List<String> ops(Expr e) {
        return Graph.inOrder(List.of(e)).stream().filter(n -> !n.args().isEmpty()).map(n -> n.op().name()).toList();
    }

    @Test void theGradientOfASquareIsOneOp() {
        var x = dscalar("x");
        assertThat(rewritten(Gradient.grad(x.pow(2), x))).hasToString("2.0 * x");
    }

    @Test void theGradientOfASumOfSquaresIsOneProduct() {
        var x = dvector("x");
        var g = rewritten(Gradient.grad(sum(x.pow(2)), x));
        assertThat(g).hasToString("2.0 * x");
        assertThat(ops(g)).containsExactly("length", "broadcastTo", "mul");
    }

    @Test void theGradientOfTheLogisticEvaluatesOneExp() {
        var x = dmatrix("x");
        var g = rewritten(Gradient.grad(sum(div(1, add(1, exp(neg(x))))), x));
        assertThat(g).hasToString("exp(-abs(x)) / sqr(1.0 + exp(…))");
        assertThat(ops(g)).containsOnlyOnce("exp").doesNotContain("sigmoid");
    }

    @Test void valuesStay() {
        var x = dmatrix("x");
        var g = Gradient.grad(sum(div(1, add(1, exp(neg(x))))), x);
        var at = Map.of(x, NDArray.of(new double[][] {{0, 1}, {-1, -2}}));
        assertThat(Graph.eval(rewritten(g), at).allClose(Graph.eval(g, at), 1e-12, 0)).isTrue();
    }

    @Test void coefficientsCollect() {
        var x = dscalar("x");
        assertThat(rewritten(mul(mul(2, x), 3))).hasToString("6.0 * x");
        assertThat(rewritten(add(x, x))).hasToString("2.0 * x");
        assertThat(rewritten(mul(x.pow(2), x))).hasToString("x * sqr(x)");
    }

    @Test void aMinusSignBelongsToTheNumber() {
        var x = dvector("x");
        assertThat(rewritten(neg(mul(x, 2)))).hasToString("-2.0 * x");
        assertThat(rewritten(neg(div(3, x)))).hasToString("-3.0 / x");
    }

    @Test void theLogisticOfAMultipleEvaluatesOneExp() {
        var x = dvector("x");
        var g = rewritten(Gradient.grad(sum(div(1, add(1, exp(neg(mul(2, x)))))), x));
        assertThat(ops(g)).containsOnlyOnce("exp").doesNotContain("sigmoid");
    }

    @Test void theLogarithmOfASumOfExponentialsDoesNotOverflow() {
        var x = dvector("x");
        var y = rewritten(log(sum(exp(x))));
        assertThat(Graph.eval(y, Map.of(x, NDArray.of(new double[] {1000, 1000}))).toDouble()).isEqualTo(1000 + Math.log(2));
    }

    @Test void aHandWrittenSoftmaxIsOneAndItsLogarithmToo() {
        var x = dvector("x");
        var softmax = div(exp(x), sum(exp(x)));
        assertThat(ops(rewritten(softmax))).containsExactly("softmax");
        assertThat(ops(rewritten(log(softmax)))).containsExactly("logSoftmax");
    }

    @Test void aProductWithATransposeIsOneContraction() {
        var A = dmatrix("A");
        assertThat(ops(rewritten(dot(A.T(), A)))).hasSize(1);
        assertThat(ops(rewritten(dot(A, A).T()))).hasSize(1);
    }

    @Test void strictKeepsTheGradientOfASquareExact() {
        var x = dscalar("x");
        var g = strictly(Gradient.grad(x.pow(2), x));
        assertThat(Graph.eval(g, Map.of(x, NDArray.of(94.2))).toDouble()).isEqualTo(188.4);
    }

    @Test void whatJacobiansHoldKeepsItsWrappersUntilItIsDerived() {
        var x = dvector("x");
        var j = rewritten(Jacobian.jacobian(mul(x, zeroGrad(x)), x));
        var at = Map.of(x, NDArray.of(new double[] {2, 3}));
        assertThat(Graph.eval(j, at)).isEqualTo(NDArray.of(new double[][] {{2, 0}, {0, 3}}));
    }

    /// A cross product reads and, in its gradient, writes by permutations.
    @Test void theGradientOfACrossProductIsOne() {
        var a = dvector("a", 3);
        var b = dvector("b", 3);
        int[] next = {1, 2, 0}, last = {2, 0, 1};
        var cross = a.get(next).times(b.get(last)).minus(a.get(last).times(b.get(next)));
        assertThat(ops(rewritten(Gradient.grad(sum(cross), a)))).doesNotContain("scatter", "eq", "where", "arange");
    }

    @Test void theGradientOfWritesAtKnownPlacesReadsThem() {
        var v = dvector("v", 2);
        var written = zeros(3, 3).at(new int[] {0, 2}, new int[] {1, 1}).set(v);
        assertThat(ops(rewritten(Gradient.grad(sum(exp(written)), v)))).contains("gather").doesNotContain("eq", "where", "arange");
        var twice = zeros(3).at(new int[] {1, 1}).set(v);
        var g = Graph.eval(Gradient.grad(sum(twice), v), Map.of(v, NDArray.of(new double[] {5, 6})));
        assertThat(g).isEqualTo(NDArray.of(new double[] {0, 1}));
    }

    @Test void aChoiceInsideAChoiceByTheSameConditionIsMade() {
        var x = dmatrix("x", -1, 3);
        var positive = gt(sum(x, 1), 0).get(all(), newAxis());
        var inner = where(positive, x, exp(x));
        assertThat(ops(rewritten(where(positive, neg(inner).times(2), x))).stream().filter("where"::equals)).hasSize(1);
        assertThat(ops(rewritten(where(not(positive), x, neg(inner))))).containsOnlyOnce("where").doesNotContain("not");
    }

    @Test void aChoiceByLengthsOfOneArrayIsNone() {
        var x = dvector("x");
        assertThat(rewritten(ifElse(eq(x.length(), x.length()), exp(x), neg(x)))).hasToString("exp(x)");
        assertThat(rewritten(ifElse(gt(x.length(), x.length()), exp(x), neg(x)))).hasToString("-x");
    }

    @Test void aChoiceBetweenEqualSizesIsTheOther() {
        var x = dvector("x");
        var y = dvector("y");
        assertThat(rewritten(ifElse(eq(x.length(), y.length()), x.length(), y.length()))).hasToString("y.length(0)");
        assertThat(rewritten(ifElse(eq(y.length(), x.length()), x.length(), y.length()))).hasToString("y.length(0)");
        var p = dscalar("p");
        var q = dscalar("q");
        assertThat(ops(rewritten(ifElse(eq(p, q), p, q)))).contains("ifElse");   // which of two zeros, is seen
    }

    @Test void whatMayBeNaNIsComparedWithItself() {
        var x = dvector("x");
        assertThat(ops(rewritten(where(eq(x, x), x, 0)))).contains("eq", "where");
    }
}

package org.agnesi.op;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.cumprod;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.fill;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.lt;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.ne;
import static org.agnesi.Tensors.norm;
import static org.agnesi.Tensors.pow;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.transpose;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.agnesi.Agnesi;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing comes back through the branch that a `where` does not take, not even NaN.
class WhereSafetyTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Expr grad(Expr y, Expr x) {
        var cost = sum(y);
        return Objects.requireNonNull(Pull.pull(List.of(cost), List.of(fill(cost, 1.0)), List.of(x)).getFirst());
    }

    /// The value by the ops' own `eval`, and the same after rewriting, compiled.
    private static NDArray eval(Expr e, List<Expr> inputs, Object... at) {
        var values = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < at.length; i++) values.put(inputs.get(i), NDArray.from(at[i]));
        var value = Graph.eval(e, values);
        assertThat(Agnesi.function(inputs, e).call(at)).hasToString(value.toString());
        return value;
    }

    private static double[] gradAt(UnaryOperator<Expr> f, double... at) {
        var x = dvector("x");
        return eval(grad(f.apply(x), x), List.of(x), (Object) at).toDoubleArray();
    }

    private static double[] secondAt(UnaryOperator<Expr> f, double... at) {
        var x = dvector("x");
        return eval(grad(grad(f.apply(x), x), x), List.of(x), (Object) at).toDoubleArray();
    }

    @Test void theRootOfZero() { assertThat(gradAt(x -> where(gt(x, 0), sqrt(x), 0), -1, 0, 4)).containsExactly(0, 0, 0.25); }

    @Test void theRootOfZeroTakenIsInfinite() { assertThat(gradAt(x -> where(x.ge(0), sqrt(x), 0), 0)).containsExactly(INF); }

    @Test void theOtherBranch() { assertThat(gradAt(x -> where(lt(x, 1), x, log(sub(x, 1))), 1, 0, 3)).containsExactly(INF, 1, 0.5); }

    @Test void aQuotientByZero() { assertThat(gradAt(x -> where(ne(x, 0), div(1, x), 0), 0, 2)).containsExactly(0, -0.25); }

    @Test void nested() {
        UnaryOperator<Expr> f = x -> where(gt(x, 0), where(gt(x, 1), log(sub(x, 1)), sqrt(x)), pow(x, 2));
        assertThat(gradAt(f, -1, 0, 0.25, 2)).containsExactly(-2, 0, 1, 1);
    }

    @Test void aChainOfBadFunctions() {
        assertThat(gradAt(x -> where(gt(x, 0), log(sqrt(x)), 0), -1, 0, 4)).containsExactly(0, 0, 0.125);
    }

    @Test void secondOrder() { assertThat(secondAt(x -> where(gt(x, 0), pow(x, 1.5), 0), -1, 0, 4)).containsExactly(0, 0, 0.375); }

    @Test void secondOrderNested() {
        UnaryOperator<Expr> f = x -> where(gt(x, 0), where(gt(x, 1), log(sub(x, 1)), sqrt(x)), pow(x, 2));
        assertThat(secondAt(f, -1, 0, 0.25, 2)).containsExactly(2, 2, -2, -1);
    }

    @Test void throughASum() { assertThat(gradAt(x -> where(gt(sum(x), 0), sum(sqrt(x)), 0), -1, 0, 1)).containsExactly(0, 0, 0); }

    @Test void throughASumOfRowsOnlyTheTakenRowsCount() {
        var x = dmatrix("x");
        var y = where(gt(sum(x, 1), 0), sum(sqrt(x), 1), 0);
        assertThat(eval(grad(y, x), List.of(x), (Object) new double[][] {{0, 0}, {1, 4}})).hasToString("[[0.   0.  ]\n [0.5  0.25]]");
    }

    @Test void throughABroadcastOfAScalar() {
        var s = dscalar("s");
        var c = dvector("c");
        var y = where(gt(c, 0), sqrt(s), 0);
        assertThat(eval(grad(y, s), List.of(s, c), 0.0, new double[] {-1, -2}).toDouble()).isEqualTo(0);
        assertThat(eval(grad(y, s), List.of(s, c), 0.0, new double[] {-1, 2}).toDouble()).isEqualTo(INF);
    }

    @Test void throughADimshuffle() {
        var x = dmatrix("x");
        var y = where(gt(transpose(x), 0), transpose(sqrt(x)), 0);
        assertThat(eval(grad(y, x), List.of(x), (Object) new double[][] {{0, 4}, {1, 0}})).hasToString("[[0.   0.25]\n [0.5  0.  ]]");
    }

    @Test void aValueUsedInBothBranchesCountsInBoth() {
        UnaryOperator<Expr> f = x -> {
            var root = sqrt(x);
            return where(gt(x, 1), root, mul(2, root));
        };
        assertThat(gradAt(f, 0.25, 4)).containsExactly(2, 0.25);
    }

    @Test void aValueUsedOutsideTooIsNotMasked() {
        UnaryOperator<Expr> f = x -> {
            var root = sqrt(x);
            return add(where(gt(x, 1), root, 0), root);
        };
        assertThat(gradAt(f, 0.25, 4, 0)).containsExactly(1, 0.5, INF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "max", "prod", "norm", "logsumexp", "softmax", "cumsum", "cumprod", "sum, kept"})
    void throughAnyReduction(String name) {
        UnaryOperator<Expr> reduce = switch (name) {
            case "mean" -> x -> mean(x);
            case "max" -> x -> max(x);
            case "prod" -> x -> prod(x);
            case "norm" -> x -> norm(x);
            case "logsumexp" -> x -> logsumexp(x);
            case "softmax" -> x -> softmax(x);
            case "cumsum" -> x -> cumsum(x);
            case "cumprod" -> x -> cumprod(x);
            default -> x -> sum(x, axes(0).keep());
        };
        assertThat(gradAt(x -> where(gt(sum(x), 0), reduce.apply(sqrt(x)), 0), -1, 0, 0)).containsExactly(0, 0, 0);
    }

    @Test void throughAProduct() {
        var weights = constant(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertThat(gradAt(x -> where(gt(sum(x), 0), dot(weights, sqrt(x)), 0), -1, 0, 0)).containsExactly(0, 0, 0);
    }

    @Test void throughAnIndex() { assertThat(gradAt(x -> where(gt(x.get(0), 0), sqrt(x).get(1), 0), -1, 0, 4)).containsExactly(0, 0, 0); }

    @Test void throughAJoin() {
        assertThat(gradAt(x -> where(gt(concatenate(x, x), 1), concatenate(sqrt(x), mul(2, x)), 0), 0, 4)).containsExactly(0, 2.25);
    }

    @Test void forwardToo() {
        var x = dvector("x");
        var y = where(gt(x, 0), log(sqrt(x)), 0);
        var dy = Objects.requireNonNull(Push.push(List.of(y), List.of(x), List.of(constant(new double[] {1, 1, 1}))).getFirst());
        assertThat(eval(dy, List.of(x), (Object) new double[] {-1, 0, 4}).toDoubleArray()).containsExactly(0, 0, 0.125);
    }

    @Test void withoutWhereNothingIsMasked() {
        var x = dvector("x");
        assertThat(grad(sqrt(x), x).toString()).doesNotContain("where");
    }
}

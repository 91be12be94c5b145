package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.pp;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.cast;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.ivector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.junit.jupiter.api.Test;

class JacobianTest {
    private final Expr x = dvector("x");
    private final Expr w = dmatrix("W");
    private final Map<Expr, NDArray> at = Map.of(
        x, NDArray.of(new double[] {0.5, -1, 2}), w, NDArray.of(new double[][] {{0.1, 0.2, 0.3}, {-0.4, 0.5, 0.6}}));

    /// Central differences of `y` in each element of `v`.
    private NDArray differences(Expr y, Expr v) {
        double h = 1e-6;
        var base = at.get(v);
        var shape = Graph.eval(y, at).shape();
        int m = shape.size(), n = base.size();
        var all = new double[m * n];
        for (int j = 0; j < n; j++) {
            var up = evalMoved(y, v, base, j, h);
            var down = evalMoved(y, v, base, j, -h);
            for (int i = 0; i < m; i++) all[i * n + j] = (up.doubleAt(i) - down.doubleAt(i)) / (2 * h);
        }
        int[] dims = IntStream.concat(IntStream.of(shape.dims()), IntStream.of(base.shape().dims())).toArray();
        return NDArray.wrap(all, m * n).reshape(Shape.of(dims));
    }

    private NDArray evalMoved(Expr y, Expr v, NDArray base, int j, double h) {
        var moved = base.copy();
        moved.setDoubleAt(j, base.doubleAt(j) + h);
        var bound = new IdentityHashMap<>(at);
        bound.put(v, moved);
        return Graph.eval(y, bound);
    }

    private void agrees(Expr y, Expr v) {
        var j = jacobian(y, v);
        var expected = differences(y, v);
        assertThat(Graph.eval(j, at).allClose(expected, 1e-6, 1e-7)).as("row by row").isTrue();
        var sweeps = j.node().op().expand(j.node().args()).orElseThrow().getFirst();
        assertThat(Graph.eval(sweeps, at).allClose(expected, 1e-6, 1e-7)).as("in batched sweeps").isTrue();
        assertThat(j.type().rank()).isEqualTo(y.type().rank() + v.type().rank());
    }

    @Test void aMatrixOfKnownSizeTakesAVectorOfUnknown() {
        var a = dmatrix("A", 3, 3);
        var v = dvector("v");
        var f = function().inputs(a, v).outputs(jacobian(sin(dot(a, v)), a)).mode(Mode.STRICT).compile();
        assertThat(f.call(new double[3][3], new double[] {1, 2, 3}).reshape(3, 9)).hasToString("""
            [[1. 2. 3. 0. 0. 0. 0. 0. 0.]
             [0. 0. 0. 1. 2. 3. 0. 0. 0.]
             [0. 0. 0. 0. 0. 0. 1. 2. 3.]]""");
    }

    @Test void sizesThatAreKnownByNowAreKnownInside() {
        var p = dvector("p");
        var x = dvector("x", 3);
        var j = Expr.of(new Jacobian(new Lambda(List.of(p), List.of(tanh(p.times(arange(p.length()))))), false), x);
        assertThat(function(x, j).call(new double[3])).hasToString("[[0. 0. 0.]\n [0. 1. 0.]\n [0. 0. 2.]]");
    }

    @Test void aSizeThatFollowsFromAnotherIsGuessedInVain() {
        var two = dmatrix("A", 2, -1);
        var f = function(inputs(two, x), jacobian(sin(x).plus(dot(two, x)), x));
        assertThat(f.call(new double[][] {{1, 2}, {3, 4}}, new double[2])).hasToString("[[2. 2.]\n [3. 5.]]");
    }

    @Test void ofAnElementwiseFunction() { agrees(sin(x).times(x), x); }
    @Test void ofAMatrixTimesAVector() { agrees(tanh(dot(w, x)), x); }
    @Test void withRespectToAMatrix() { agrees(tanh(dot(w, x)), w); }
    @Test void ofAMatrix() { agrees(exp(mul(w, x)), x); }
    @Test void ofAScalarIsTheGradient() { agrees(sum(exp(x)), x); }
    @Test void ofALinearMap() { agrees(mul(2, x), x); }
    @Test void ofAJacobian() { agrees(jacobian(sin(x), x), x); }
    @Test void ofAGradient() { agrees(grad(sum(exp(dot(w, x))), w), x); }

    @Test void withRespectToAScalar() {
        var s = dscalar("s");
        var j = jacobian(mul(s, x), s);
        var bound = Map.of(s, NDArray.of(2.0), x, at.get(x));
        assertThat(Graph.eval(j, bound)).isEqualTo(at.get(x));
    }

    @Test void cutsAtAnIntermediate() {
        var y = sin(x);
        assertThat(Graph.eval(jacobian(y.times(3), y), at)).isEqualTo(NDArray.of(new double[][] {{3, 0, 0}, {0, 3, 0}, {0, 0, 3}}));
    }

    @Test void hessianOfASumOfSquares() {
        assertThat(Graph.eval(hessian(sum(x.pow(2)), x), at)).isEqualTo(NDArray.of(new double[][] {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}}));
    }

    @Test void hessianOfALinearFunctionIsZero() {
        assertThat(Graph.eval(hessian(sum(mul(2, x)), x), at)).isEqualTo(NDArray.of(new double[3][3]));
    }

    @Test void hessianGivesAllBlocks() {
        var a = dscalar("a");
        var b = dscalar("b");
        var blocks = hessian(mul(a, mul(a, b)), List.of(a, b));
        var bound = Map.of(a, NDArray.of(3.0), b, NDArray.of(5.0));
        assertThat(blocks.stream().flatMap(List::stream).map(e -> Graph.eval(e, bound).toDouble())).containsExactly(10.0, 6.0, 6.0, 0.0);
    }

    @Test void isANodeThatPrintsAsItsName() {
        assertThat(pp(jacobian(sin(x), x))).isEqualTo("jacobian(sin(x), x)");
    }

    @Test void differentiates() {
        var cost = sum(jacobian(sin(x), x));
        var g = Graph.eval(grad(cost, x), at);
        assertThat(g.allClose(differences(cost, x), 1e-6, 1e-7)).isTrue();
    }

    @Test void refusesAnInputThatYDoesNotDependOn() {
        assertThatThrownBy(() -> jacobian(sin(x), w)).isInstanceOf(DisconnectedInputError.class).hasMessage("""
            jacobian needs an input that the formula depends on, but sin(x) does not depend on W of type float64[?,?]
            Ask for the variable the formula was built from, or pass ignoreDisconnected() for zeros.""");
    }

    @Test void hessianNeedsAScalar() {
        assertThatThrownBy(() -> hessian(sin(x), x)).isInstanceOf(TypeError.class).hasMessage("""
            hessian needs a scalar cost, but got sin(x) of type float64[?]
            Sum it first, or ask for jacobian(grad(cost, x), x).""");
    }

    /// With a number of rows that is not known, a sweep for each would take quadratic time.
    @Test void aTallJacobianIsSweptAlongItsFewColumns() {
        var t = dvector("t", 3);
        var rows = ivector("rows");
        var y = sin(outer(x, t)).get(rows).flatten();
        var f = function(inputs(t, x, rows), jacobian(y, t));
        long small = f.cost(Shape.of(3), Shape.of(50), Shape.of(100)).flops();
        long large = f.cost(Shape.of(3), Shape.of(50), Shape.of(200)).flops();
        assertThat(large).isLessThanOrEqualTo(2 * small);
    }

    /// Joined, they are as many sweeps as alone: rows of the 2 results, not columns of the 14 that are joined.
    @Test void joinedJacobiansAreSweptAsEachWouldBe() {
        var a = dvector("a", 11);
        var b = dvector("b", 3);
        var length = sqrt(sum(sqr(b)));
        var y = sin(a.get(range(3, 5))).times(a.get(range(7, 9))).times(where(length.gt(1), length, sum(exp(a))));
        long each = function(inputs(a, b), outputs(jacobian(y, a), List.of(jacobian(y, b)))).cost(Shape.of(11), Shape.of(3)).flops();
        var joined = concatenate(List.of(jacobian(y, a), jacobian(y, b)), 1);
        assertThat(function(inputs(a, b), joined).cost(Shape.of(11), Shape.of(3)).flops()).isLessThanOrEqualTo(each + 3 * 2 * 14);
    }

    /// One tangent between zeros for each part would be as many times as large.
    @Test void partsThatAreJoinedArePushedTogether() {
        var small = stackOfFunctions(8);
        var large = stackOfFunctions(16);
        assertThat(large).isLessThanOrEqualTo(5 * small / 2);
    }

    private static long stackOfFunctions(int n) {
        var t = dvector("t", 3);
        var parts = IntStream.range(0, n).mapToObj(i -> where(t.gt(i), sin(t), exp(t))).toList();
        return function(t, jacobian(concatenate(parts, 0), t)).cost(Shape.of(3)).flops();
    }

    /// Whichever way its sweeps go.
    @Test void itHasTheDtypeOfItsFunction() {
        var narrow = softmax(mul(sigmoid(cast(x, DType.FLOAT32)), 4));
        for (var mode : List.of(Mode.REFERENCE, Mode.STRICT, Mode.DEFAULT)) for (var y : List.of(narrow, sum(narrow), narrow.get(0))) {
            var j = function().inputs(x).outputs(jacobian(y, x)).mode(mode).compile().call(at.get(x));
            assertThat(j.dtype()).as("%s of %s", mode, y).isEqualTo(DType.FLOAT32);
        }
    }
}

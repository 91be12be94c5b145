package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What Jacobians cost that must be built: the direction, the memory, the order of modes; and tensors of higher order.
class DenseJacobianTest {
    private static final int WIDTH = 50;
    private static final int STEPS = 5;
    private static final long MOST = 1 << 20;

    private final Expr x = dvector("x");
    private final Expr in = dmatrix("In");
    private final Expr w = dmatrix("W");
    private final Expr out = dmatrix("Out");

    /// From n numbers through a recurrent net of fixed width to m: sizes are known at the call only.
    private final Expr net = sin(dot(out, scan(arange(STEPS), dot(in, x), (i, s) -> tanh(dot(w, s))).get(-1)));

    private final Compiled matrix = function(inputs(out, w, in, x), jacobian(net, x));

    @Test void theCallChoosesTheDirection() {
        for (int many : new int[] {400, 800}) for (int few : new int[] {2, 4}) {
            assertThat(flops(few, many)).as("wide").isLessThan(1.5 * sweeps(few, many));
            assertThat(flops(many, few)).as("tall").isLessThan(1.5 * sweeps(few, many));
        }
        assertThat(flops(100, 100)).isLessThan(1.5 * sweeps(100, 100));
    }

    private double flops(int m, int n) {
        return matrix.cost(Shape.of(m, WIDTH), Shape.of(WIDTH, WIDTH), Shape.of(WIDTH, n), Shape.of(n)).flops();
    }

    /// `few` sweeps through the loop, one product at either end, and the formula itself.
    private static double sweeps(int few, int many) {
        return few * (2.0 * STEPS * WIDTH * WIDTH + 2.0 * WIDTH * (few + many)) + 2.0 * STEPS * WIDTH * WIDTH + 4.0 * WIDTH * (few + many);
    }

    @Test void bothDirectionsGiveTheJacobian() {
        var reference = function().inputs(inputs(out, w, in, x)).outputs(jacobian(net, x)).mode(Mode.REFERENCE).compile();
        for (int[] size : new int[][] {{2, 7}, {7, 2}, {4, 4}, {1, 1}, {3, 0}}) {
            var args = List.of(draw(size[0], 3), draw(3, 3), draw(3, size[1]), draw(size[1]));
            assertThat(matrix.call(args).allClose(reference.call(args), 1e-12, 1e-14)).isTrue();
        }
    }

    /// `k(xᵢ − xⱼ)` for all pairs.
    private Expr pairs() { return exp(neg(sqr(sub(x.dimshuffle(0, "x"), x.dimshuffle("x", 0))))); }

    @Test void ofAsManySweepsThoseAreMadeThatKeepLess() {
        var f = function(x, jacobian(sum(tanh(pairs()), 1), x));
        for (int n : new int[] {100, 200}) assertThat(f.cost(Shape.of(n)).largestElements()).isLessThanOrEqualTo((long) n * n);
    }

    /// To go back takes the states of all steps, and a row for each.
    @Test void ofALoopThoseAreMadeThatGoForward() {
        var state = dvector("state", 6);
        var last = scan(arange(100), state, (i, s) -> s.plus(tanh(s).times(sum(sqr(s))).times(0.01))).get(-1);
        assertThat(function(state, jacobian(last, state)).cost(Shape.of(6)).largestElements()).isLessThanOrEqualTo(6 * 6);
    }

    @Test void whatSweepsKeepIsBounded() {
        var f = function(x, hessian(sum(tanh(sum(pairs(), 1))), x));
        assertThat(f.cost(Shape.of(100)).largestElements()).isEqualTo(100L * 100 * 100);
        for (int n : new int[] {200, 400}) {
            var cost = f.cost(Shape.of(n));
            assertThat(cost.largestElements()).isLessThanOrEqualTo(MOST);
            assertThat(cost.flops()).isLessThan(2L * n * n * n / 1_000_000 * f.cost(Shape.of(100)).flops());
        }
    }

    @Test void whatIsTooLargeForOneRowIsMadeRowByRow() {
        var known = dvector("known", 1100);
        var d = sub(known.dimshuffle(0, "x"), known.dimshuffle("x", 0));
        var cost = function(known, hessian(sum(tanh(sum(log(sqr(d).plus(1)), 1))), known)).cost(Shape.of(1100));
        assertThat(cost.largestElements()).isLessThanOrEqualTo(1100L * 1100);
    }

    @Test void chunksGiveTheSameMatrix() {
        var v = dvector("v");
        var cost = sum(tanh(sum(pairs(), 1)));
        int n = 103;
        var at = draw(n);
        var whole = function(x, hessian(cost, x)).call(at);
        var column = function(inputs(x, v), rop(grad(cost, x), x, v));
        for (int j : new int[] {0, 50, 101, 102}) {
            var unit = NDArray.zeros(DType.FLOAT64, Shape.of(n));
            unit.setDoubleAt(j, 1);
            var expected = column.call(at, unit);
            for (int i = 0; i < n; i++) assertThat(Math.abs(whole.get(i, j) - expected.get(i))).isLessThan(1e-12);
        }
    }

    @Test void aHessianIsForwardOverReverse() {
        var loop = sum(scan(arange(STEPS), x, (i, s) -> tanh(dot(w, s))));
        for (var cost : List.of(sum(sin(dot(out, tanh(dot(w, x))))), sum(sqr(softmax(dot(w, x)))), loop)) {
            var pushed = vectorize(v -> rop(grad(cost, x), x, v)).apply(eye(x.length()));
            for (int n : new int[] {20, 40}) assertThat(flops(hessian(cost, x), n)).isLessThanOrEqualTo(11 * flops(pushed, n) / 10);
        }
    }

    private long flops(Expr y, int n) {
        return function().inputs(inputs(out, w, x)).outputs(y.plus(0)).compile().cost(Shape.of(n, n), Shape.of(n, n), Shape.of(n)).flops();
    }

    @Test void tensorsOfThirdOrderAreSlopesOfMatrices() {
        var known = dvector("k", 3);
        for (var v : List.of(x, known)) {
            slopes(jacobian(tanh(dot(w, v)), v), v);
            slopes(hessian(sum(exp(sin(dot(w, v)))), v), v);
            slopes(jacobian(softmax(dot(w, v)), v), v);
            slopes(jacobian(scan(arange(3), v, (i, s) -> tanh(dot(w, s))).get(-1), v), v);
            slopes(jacobian(dot(w, sin(v)), w), v);
        }
    }

    @Test void soAreThoseOfFourthOrder() { slopes(jacobian(hessian(sum(exp(sin(dot(w, x)))), x), x), x); }

    /// `jacobian(matrix, v)` is how the matrix changes with each element.
    private void slopes(Expr matrix, Expr v) {
        var tensor = function(inputs(w, v), jacobian(matrix, v)).call(draw(3, 3), draw(3));
        var f = function(inputs(w, v), matrix);
        double h = 1e-5;
        for (int j = 0; j < 3; j++) {
            NDArray up = draw(3).copy(), down = draw(3).copy();
            up.setDoubleAt(j, up.doubleAt(j) + h);
            down.setDoubleAt(j, down.doubleAt(j) - h);
            NDArray a = f.call(draw(3, 3), up), b = f.call(draw(3, 3), down);
            assertThat(tensor.rank()).isEqualTo(a.rank() + 1);
            for (int i = 0; i < a.size(); i++) {
                double slope = (a.doubleAt(i) - b.doubleAt(i)) / (2 * h);
                assertThat(Math.abs(tensor.doubleAt(3 * i + j) - slope)).as("%s at %d", matrix, 3 * i + j)
                    .isLessThan(1e-7 * (1 + Math.abs(slope)));
            }
        }
    }

    private static NDArray draw(int... dims) {
        var random = new Random(7);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> random.nextGaussian());
    }
}

package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops whose steps multiply vectors by Jacobians that are made before: the value as written, at the cost of sweeps in the steps.
class JacobiansInStepsTest {
    private static final int N = 40;

    private static final class Loop {
        final Expr x, v, a, wave, layer, j, k;
        final List<Expr> inputs;

        Loop(boolean known) {
            int n = known ? N : -1;
            x = dvector("x", n);
            v = dvector("v", n);
            a = dmatrix("A", n, n);
            wave = mul(sin(x), x);
            layer = tanh(dot(a, x));
            j = jacobian(layer, x);
            k = jacobian(wave, x);
            inputs = inputs(x, v, a);
        }

        List<NDArray> at() {
            var random = new Random(4);
            return List.of(array(random, N), array(random, N), array(random, N, N));
        }

        private static NDArray array(Random random, int... dims) {
            return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4);
        }

        Expr steps(int count, UnaryOperator<Expr> product) { return scan(arange(count), v, (_, t) -> tanh(product.apply(t))).get(-1); }

        Compiled agrees(Expr written) {
            var f = function(inputs, written);
            var expected = function().inputs(inputs).outputs(written).mode(Mode.REFERENCE).compile().call(at());
            assertThat(f.call(at()).allClose(expected, 1e-9, 1e-10)).as(f.pp()).isTrue();
            return f;
        }

        void sweeps(Expr written, Expr byHand) {
            var f = agrees(written);
            assertThat((double) f.cost(at()).flops()).as(f.pp()).isLessThanOrEqualTo(1.2 * function(inputs, byHand).cost(at()).flops());
            assertThat(f.pp()).doesNotContain("jacobian(");
        }

        Expr forward(Expr t) { return rop(layer, x, t); }
        Expr back(Expr t) { return lop(layer, x, t); }
    }

    @ParameterizedTest(name = "known: {0}")
    @ValueSource(booleans = {true, false})
    void aProductAStep(boolean known) {
        var s = new Loop(known);
        s.sweeps(s.steps(3, t -> dot(s.k, t)), s.steps(3, t -> rop(s.wave, s.x, t)));
        s.sweeps(s.steps(3, t -> dot(t, s.j)), s.steps(3, s::back));
        s.sweeps(s.steps(3, t -> dot(s.k.reshape(-1).reshape(s.x.length(), s.x.length()), t)), s.steps(3, t -> rop(s.wave, s.x, t)));
        s.sweeps(s.steps(3, t -> dot(dot(diag(s.v), s.k), t)), s.steps(3, t -> mul(s.v, rop(s.wave, s.x, t))));
        s.sweeps(s.steps(3, t -> sum(mul(s.j.T(), t), 1)), s.steps(3, s::back));
        var logs = logsumexp(s.a.plus(s.x), 1);
        s.sweeps(s.steps(3, t -> dot(jacobian(logs, s.x), t)), s.steps(3, t -> rop(logs, s.x, t)));
        s.sweeps(s.steps(3, t -> dot(s.j.plus(s.k), t)), s.steps(3, t -> add(s.forward(t), rop(s.wave, s.x, t))));
    }

    @ParameterizedTest(name = "known: {0}")
    @ValueSource(booleans = {true, false})
    void gaussNewton(boolean known) {
        var s = new Loop(known);
        var damped = add(dot(s.j.T(), s.j), mul(0.1, eye(s.x.length())));
        s.sweeps(s.steps(5, t -> dot(damped, t)), s.steps(5, t -> add(s.back(s.forward(t)), mul(0.1, t))));
        s.sweeps(s.steps(5, t -> dot(s.j.T(), dot(s.j, t))), s.steps(5, t -> s.back(s.forward(t))));
        var multiple = mul(-2, mul(1 / 3.0, mul(0.5, damped)));
        s.sweeps(s.steps(5, t -> dot(multiple, t)), s.steps(5, t -> mul(-1 / 3.0, add(s.back(s.forward(t)), mul(0.1, t)))));
    }

    @ParameterizedTest(name = "known: {0}")
    @ValueSource(booleans = {true, false})
    void throughLoops(boolean known) {
        var s = new Loop(known);
        var y = scan(arange(3), s.x, (_, h) -> tanh(dot(s.a, h))).get(-1);
        s.sweeps(s.steps(3, t -> dot(t, jacobian(y, s.x))), s.steps(3, t -> lop(y, s.x, t)));
        s.sweeps(s.steps(3, t -> dot(dot(jacobian(y, s.x).T(), s.k), t)), s.steps(3, t -> lop(y, s.x, rop(s.wave, s.x, t))));
    }

    @Test void loopsInLoops() {
        var s = new Loop(false);
        s.sweeps(s.steps(3, t -> scan(arange(2), t, (_, r) -> dot(s.k, r)).get(-1)),
            s.steps(3, t -> scan(arange(2), t, (_, r) -> rop(s.wave, s.x, r)).get(-1)));
    }

    @Test void fewColumnsAreMadeOnce() {
        var s = new Loop(true);
        var gradient = grad(sum(s.layer.pow(2)), s.x);
        int steps = 5 * N;
        var made = s.agrees(s.steps(steps, t -> dot(jacobian(gradient, s.x), t)));
        var swept = function(s.inputs, s.steps(steps, t -> rop(gradient, s.x, t)));
        assertThat(made.cost(s.at()).flops()).as(made.pp()).isLessThan(swept.cost(s.at()).flops());
    }

    @Test void whatNeedsTheMatrixHasItOnce() {
        var s = new Loop(false);
        var few = s.agrees(s.steps(5, t -> dot(tanh(s.j), t)));
        var more = s.agrees(s.steps(10, t -> dot(tanh(s.j), t)));
        assertThat(more.cost(s.at()).flops() - few.cost(s.at()).flops()).as(more.pp()).isLessThan(5L * 3 * N * N);
    }
}

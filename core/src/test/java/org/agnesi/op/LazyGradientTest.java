package org.agnesi.op;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agnesi.Agnesi;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Derivatives of `ifElse` run the taken side only.
class LazyGradientTest {
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final Expr p = tensor("p", DType.BOOL);

    private Expr left(Expr x) { return CountedRuns.of(x, left); }

    private Expr right(Expr x) { return CountedRuns.of(x, right); }

    /// Calls on both sides; the other side must not have run, the taken one must have.
    private NDArray check(boolean reference, boolean taken, List<Expr> outputs, Expr x, Object at) {
        var f = Agnesi.function().inputs(x, p).outputs(outputs).mode(reference ? Mode.REFERENCE : Mode.DEFAULT).compile();
        left.set(0);
        right.set(0);
        var last = f.callAll(at, taken).getLast();
        assertThat((taken ? right : left).get()).as("runs of the other side").isZero();
        assertThat((taken ? left : right).get()).as("runs of the taken side").isPositive();
        return last;
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void theGradient(boolean reference) {
        var x = dscalar("x");
        var y = ifElse(p, sin(left(x)), sin(right(right(x))));
        assertThat(check(reference, true, List.of(grad(y, x)), x, 0.5).toDouble()).isEqualTo(2 * Math.cos(1));
        assertThat(check(reference, false, List.of(grad(y, x)), x, 0.5).toDouble()).isEqualTo(4 * Math.cos(2));
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void theValueAndTheGradient(boolean reference) {
        var x = dscalar("x");
        var y = ifElse(p, sin(left(x)), sin(right(right(x)))).pow(2);
        assertThat(check(reference, true, List.of(y, grad(y, x)), x, 0.5).toDouble()).isEqualTo(2 * Math.sin(1) * Math.cos(1) * 2);
        check(reference, false, List.of(y, grad(y, x)), x, 0.5);
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void theSecondDerivative(boolean reference) {
        var x = dscalar("x");
        var y = ifElse(p, sin(left(x)), right(right(x).pow(3)));
        var second = grad(grad(y, x), x);
        assertThat(check(reference, true, List.of(y, grad(y, x), second), x, 0.5).toDouble()).isEqualTo(-4 * Math.sin(1));
        assertThat(check(reference, false, List.of(y, grad(y, x), second), x, 0.5).toDouble()).isEqualTo(48 * 0.5 * 2);
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void productsAndSumsInASide(boolean reference) {
        var x = dvector("x");
        var a = dmatrix("A");
        var y = sum(ifElse(p, left(a.dot(x)), right(x.times(x)).get(1).times(x))).times(3);
        var weights = new double[][] {{1, 2}, {3, 4}};
        var f = Agnesi.function().inputs(x, p, a).outputs(grad(y, x)).mode(reference ? Mode.REFERENCE : Mode.DEFAULT).compile();
        assertThat(f.call(new double[] {5, 7}, true, weights).toDoubleArray()).containsExactly(24, 36);
        assertThat(right.get()).isZero();
        left.set(0);
        assertThat(f.call(new double[] {5, 7}, false, weights).toDoubleArray()).containsExactly(6 * 49, 6 * 49 + 12 * 84);
        assertThat(left.get()).isZero();
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void nestedChoices(boolean reference) {
        var x = dscalar("x");
        var inner = ifElse(x.gt(0), left(x).pow(2), left(x).pow(3));
        var y = ifElse(p, mul(inner, x), right(x).pow(2));
        assertThat(check(reference, true, List.of(grad(y, x)), x, 1.0).toDouble()).isEqualTo(12);
        assertThat(check(reference, true, List.of(grad(y, x)), x, -1.0).toDouble()).isEqualTo(-32);
        assertThat(check(reference, false, List.of(grad(y, x)), x, 1.0).toDouble()).isEqualTo(8);
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void oneAfterTheOther(boolean reference) {
        var x = dscalar("x");
        var first = ifElse(p, sin(left(x)), right(x));
        var second = ifElse(p, left(first).times(x), sin(right(first)));
        var third = ifElse(p, left(second), right(second));
        assertThat(check(reference, true, List.of(third, grad(third, x)), x, 0.5).toDouble())
            .isCloseTo(4 * (Math.sin(1) + Math.cos(1)), offset(1e-12));
        assertThat(check(reference, false, List.of(third, grad(third, x)), x, 0.5).toDouble()).isEqualTo(8 * Math.cos(2));
    }

    @ParameterizedTest @ValueSource(booleans = {true, false}) void theTangentToo(boolean reference) {
        var x = dscalar("x");
        var y = ifElse(p, sin(left(x)), sin(right(right(x))));
        assertThat(check(reference, true, List.of(Agnesi.rop(y, x, x)), x, 0.5).toDouble()).isEqualTo(Math.cos(1));
        assertThat(check(reference, false, List.of(Agnesi.rop(y, x, x)), x, 0.5).toDouble()).isEqualTo(2 * Math.cos(2));
    }
}

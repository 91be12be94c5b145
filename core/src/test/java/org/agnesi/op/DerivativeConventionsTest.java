package org.agnesi.op;

import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.ceil;
import static org.agnesi.Tensors.clip;
import static org.agnesi.Tensors.cumprod;
import static org.agnesi.Tensors.disconnectedGrad;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.fill;
import static org.agnesi.Tensors.floor;
import static org.agnesi.Tensors.gradClip;
import static org.agnesi.Tensors.gradScale;
import static org.agnesi.Tensors.intDiv;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.maximum;
import static org.agnesi.Tensors.min;
import static org.agnesi.Tensors.minimum;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.norm;
import static org.agnesi.Tensors.pow;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.rem;
import static org.agnesi.Tensors.round;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sign;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.zeroGrad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.agnesi.Agnesi;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.junit.jupiter.api.Test;

/// What both sweeps agree on at kinks, jumps and ties: the table of docs/derivatives.md.
class DerivativeConventionsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    /// The gradient of the sum of `f`, checked against the forward sweep along each axis.
    private static double[] derivative(UnaryOperator<Expr> f, double... at) {
        var x = dvector("x");
        var cost = sum(f.apply(x));
        var pulled = Pull.pull(List.of(cost), List.of(fill(cost, 1.0)), List.of(x)).getFirst();
        var gradient = pulled == null ? new double[at.length] : Graph.eval(pulled, Map.of(x, NDArray.of(at))).toDoubleArray();
        if (pulled != null) assertThat(Agnesi.function(x, pulled).call(at).toDoubleArray()).as("compiled").containsExactly(gradient, within(1e-15));
        for (int i = 0; i < at.length; i++) {
            var direction = new double[at.length];
            direction[i] = 1;
            var pushed = Push.push(List.of(cost), List.of(x), List.of(Constant.constant(direction))).getFirst();
            double forward = pushed == null ? 0 : Graph.eval(pushed, Map.of(x, NDArray.of(at))).toDouble();
            if (DoubleStream.of(gradient).allMatch(Double::isFinite)) assertThat(forward).as("forward along x[%d]", i).isEqualTo(gradient[i], within(1e-15));
        }
        return gradient;
    }

    /// Both derivatives of `f(a, b)` with respect to the scalars a and b.
    private static double[] derivatives(BinaryOperator<Expr> f, double a, double b) {
        UnaryOperator<Expr> both = x -> f.apply(part(x, 1, 0), part(x, 0, 1));
        return derivative(both, a, b);
    }

    /// One of two elements, by a product with a one-hot vector.
    private static Expr part(Expr x, double first, double second) { return sum(mul(x, Constant.constant(new double[] {first, second}))); }

    @Test void absAtZero() { assertThat(derivative(x -> abs(x), -2, 0, 2)).containsExactly(-1, 0, 1); }

    @Test void stepsAreFlatEverywhere() {
        for (var f : List.<UnaryOperator<Expr>>of(x -> sign(x), x -> floor(x), x -> ceil(x), x -> round(x), x -> intDiv(x, 2)))
            assertThat(derivative(f, -1, 0, 0.5, 2)).containsExactly(0, 0, 0, 0);
    }

    @Test void maximumAtATie() {
        assertThat(derivatives((a, b) -> maximum(a, b), 1, 1)).containsExactly(0.5, 0.5);
        assertThat(derivatives((a, b) -> maximum(a, b), 2, 1)).containsExactly(1, 0);
        assertThat(derivatives((a, b) -> minimum(a, b), 1, 1)).containsExactly(0.5, 0.5);
        assertThat(derivatives((a, b) -> minimum(a, b), 2, 1)).containsExactly(0, 1);
    }

    @Test void maximumWithZeroIsHalfAtZero() { assertThat(derivative(x -> maximum(x, 0), -1, 0, 1)).containsExactly(0, 0.5, 1); }

    @Test void maximumOfItself() { assertThat(derivative(x -> maximum(x, x), 3)).containsExactly(1); }

    @Test void maximumNearNaN() { assertThat(derivative(x -> maximum(x, Double.NaN), 1)).containsExactly(0); }

    @Test void clipAtItsBounds() { assertThat(derivative(x -> clip(x, 0, 1), -1, 0, 0.5, 1, 2)).containsExactly(0, 1, 1, 1, 0); }

    @Test void clipGivesTheRestToItsBounds() {
        assertThat(derivatives((low, high) -> clip(Constant.constant(-1.0), low, high), 0, 1)).containsExactly(1, 0);
        assertThat(derivatives((low, high) -> clip(Constant.constant(0.5), low, high), 0, 1)).containsExactly(0, 0);
        assertThat(derivatives((low, high) -> clip(Constant.constant(2.0), low, high), 0, 1)).containsExactly(0, 1);
        assertThat(derivatives((low, high) -> clip(Constant.constant(0.5), low, high), 1, 0)).containsExactly(0, 1);
    }

    @Test void maxSharesAmongTies() {
        assertThat(derivative(x -> max(x), 3, 1, 3, 3, 3)).containsExactly(0.25, 0, 0.25, 0.25, 0.25);
        assertThat(derivative(x -> min(x), 3, 1, 3, 1)).containsExactly(0, 0.5, 0, 0.5);
    }

    @Test void remTakesTheQuotientAsConstant() {
        assertThat(derivatives((a, b) -> rem(a, b), 7, 2)).containsExactly(1, -3);
        assertThat(derivatives((a, b) -> rem(a, b), 6, 2)).containsExactly(1, -3);
        assertThat(derivatives((a, b) -> rem(a, b), -7, 2)).containsExactly(1, 4);
    }

    @Test void normAtTheOrigin() {
        assertThat(derivative(x -> norm(x), 0, 0)).containsExactly(0, 0);
        assertThat(derivative(x -> norm(x), 3, 4)).containsExactly(0.6, 0.8);
    }

    @Test void sqrtAtZero() { assertThat(derivative(x -> sqrt(x), 0, 4)).containsExactly(INF, 0.25); }

    @Test void powersAtZero() {
        assertThat(derivative(x -> pow(x, 0), 0, 2)).containsExactly(0, 0);
        assertThat(derivative(x -> pow(x, 2), 0, 2)).containsExactly(0, 4);
        assertThat(derivatives((a, b) -> pow(a, b), 0, 2)).containsExactly(0, 0);
    }

    @Test void prodOfZeros() {
        assertThat(derivative(x -> prod(x), 2, 0, 5)).containsExactly(0, 10, 0);
        assertThat(derivative(x -> prod(x), 2, 0, 0)).containsExactly(0, 0, 0);
        assertThat(derivative(x -> cumprod(x), 2, 0, 5)).containsExactly(1, 12, 0);
    }

    @Test void logsumexpOfNothingFinite() {
        assertThat(derivative(x -> logsumexp(x), -INF, -INF)).containsExactly(0, 0);
        assertThat(derivative(x -> logsumexp(x), -INF, 3)).containsExactly(0, 1);
    }

    @Test void zeroGradStopsButStaysConnected() {
        var x = dvector("x");
        assertThat(derivative(v -> zeroGrad(v), 1, 2)).containsExactly(0, 0);
        assertThat(Pull.isConnected(List.of(zeroGrad(x)), x)).isTrue();
    }

    @Test void disconnectedGradDisconnects() {
        var x = dvector("x");
        assertThat(derivative(v -> mul(v, disconnectedGrad(v)), 1, 2)).containsExactly(1, 2);
        assertThat(Pull.isConnected(List.of(disconnectedGrad(x)), x)).isFalse();
    }

    @Test void gradScaleScales() { assertThat(derivative(x -> gradScale(mul(x, 3), -2), 1)).containsExactly(-6); }

    @Test void gradClipCutsWhatComesBack() {
        var x = dvector("x");
        var cost = sum(mul(10, gradClip(x, -1, 1)));
        var g = Pull.pull(List.of(cost), List.of(fill(cost, 1.0)), List.of(x)).getFirst();
        assertThat(Graph.eval(java.util.Objects.requireNonNull(g), Map.of(x, NDArray.of(new double[] {5, -3}))).toDoubleArray()).containsExactly(1, 1);
    }

    @Test void derivativesStayAccurateFarOut() {
        assertThat(derivative(x -> sigmoid(x), 40, -800)).containsExactly(new double[] {4.248354255291589e-18, 0}, within(1e-30));
        assertThat(derivative(x -> tanh(x), 20)).containsExactly(new double[] {1.6993417021166355e-17}, within(1e-30));
    }

    @Test void nanStaysWhereItIs() { assertThat(derivative(x -> mul(x, x), NAN, 1)).containsExactly(NAN, 2); }
}

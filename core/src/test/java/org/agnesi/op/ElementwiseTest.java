package org.agnesi.op;

import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.check;
import static org.agnesi.Tensors.clip;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.digamma;
import static org.agnesi.Tensors.erf;
import static org.agnesi.Tensors.erfc;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.floor;
import static org.agnesi.Tensors.gradClip;
import static org.agnesi.Tensors.intDiv;
import static org.agnesi.Tensors.isnan;
import static org.agnesi.Tensors.lgamma;
import static org.agnesi.Tensors.log10;
import static org.agnesi.Tensors.maximum;
import static org.agnesi.Tensors.polygamma;
import static org.agnesi.Tensors.rem;
import static org.agnesi.Tensors.round;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.softplus;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    private static NDArray eval(Expr e) { return Graph.eval(e, Map.of()); }

    private static String value(Expr e) { return eval(e).toString(); }

    private static Expr doubles(double... x) { return constant(x); }

    private static Expr ints(int... x) { return constant(x); }

    @Test void halvesRoundToEven() { assertThat(value(round(doubles(0.5, 1.5, 2.5, -0.5)))).isEqualTo("[ 0.  2.  2. -0.]"); }

    @Test void quotientsRoundDownAsInPython() {
        assertThat(value(intDiv(ints(7, -7, 7, -7), ints(2, 2, -2, -2)))).isEqualTo("[ 3 -4 -4  3]");
        assertThat(value(rem(ints(7, -7, 7, -7), ints(2, 2, -2, -2)))).isEqualTo("[ 1  1 -1 -1]");
        assertThat(value(intDiv(doubles(7, -7), 2))).isEqualTo("[ 3. -4.]");
        assertThat(value(rem(doubles(-7.5), 2))).isEqualTo("[0.5]");
    }

    @Test void integersDividedByZeroGiveZero() { assertThat(value(intDiv(ints(1), 0)) + value(rem(ints(1), 0))).isEqualTo("[0][0]"); }

    @Test void integersBecomeFloat64InFunctions() { assertThat(exp(tensor("n", DType.INT8)).type().dtype()).isEqualTo(DType.FLOAT64); }

    @Test void integersStayInSteps() {
        var n = tensor("n", DType.INT8);
        assertThat(List.of(abs(n), floor(n), maximum(n, 3), rem(n, 3)).stream().map(e -> e.type().dtype())).containsOnly(DType.INT8);
    }

    @Test void float32StaysFloat32() {
        var x = tensor("x", DType.FLOAT32);
        assertThat(List.of(sigmoid(x), sqrt(x), clip(x, 0, 1.5), maximum(x, 0.1)).stream().map(e -> e.type().dtype())).containsOnly(DType.FLOAT32);
    }

    @Test void aLiteralThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> add(tensor("n", DType.INT8), 300)).isInstanceOf(TypeError.class).hasMessage("""
            the literal 300 does not fit int8, the dtype of the other operand
            Cast that operand to a wider dtype first.""");
        assertThatThrownBy(() -> add(tensor("n", DType.UINT8), -1)).isInstanceOf(TypeError.class);
        assertThatThrownBy(() -> add(tensor("n", DType.FLOAT32), 1e300)).isInstanceOf(TypeError.class);
        assertThat(add(tensor("n", DType.INT8), 127).type().dtype()).isEqualTo(DType.INT8);
    }

    @Test void whatIsNoOrderIsRefused() {
        var x = tensor("x", DType.FLOAT64);
        assertThatThrownBy(() -> polygamma(-1, x)).isInstanceOf(TypeError.class).hasMessage("""
            polygamma needs an order of 0 or more, but got -1
            Order 0 is digamma; lgamma is what that is the derivative of.""");
        assertThatThrownBy(() -> gradClip(x, 2, 1)).isInstanceOf(TypeError.class).hasMessage("""
            gradClip needs a lower bound below its upper one, but got 2.0 and 1.0
            Give the lower first: gradClip(x, -1, 1).""");
        assertThatThrownBy(() -> gradClip(x, Double.NaN, 1)).isInstanceOf(TypeError.class);
    }

    @Test void aCheckHasACondition() {
        assertThatThrownBy(() -> check(tensor("x", DType.FLOAT64), "all is well")).isInstanceOf(TypeError.class).hasMessage("""
            check needs a condition, but got none for x
            Say what has to hold: check(x, "message", gt(x, 0)).""");
    }

    @Test void clippedIntegersWidenForALiteralWithAFraction() {
        assertThat(clip(tensor("n", DType.INT32), 0, 1.5).type().dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test void largeArgumentsDoNotOverflow() {
        assertThat(value(sigmoid(doubles(-1000, 0, 1000)))).isEqualTo("[0.  0.5 1. ]");
        assertThat(value(softplus(doubles(-1000, 1000)))).isEqualTo("[   0. 1000.]");
    }

    @Test void sigmoidOfBothSignsTakesOneExponential() {
        var x = tensor("x", DType.FLOAT64, -1);
        assertThat(Plan.of(List.of(x), List.of(sigmoid(x).times(sigmoid(x.neg()))), Backend.SCALAR).calls(UnaryFunction.EXP)).isEqualTo(1);
    }

    @Test void knownValues() {
        assertThat(eval(erf(doubles(0, 1))).allClose(NDArray.of(new double[] {0, 0.8427007929497149}), 1e-14, 0)).isTrue();
        assertThat(eval(erfc(doubles(10))).allClose(NDArray.of(new double[] {2.088487583762545e-45}), 1e-12, 0)).isTrue();
        assertThat(eval(lgamma(doubles(5, 0.5))).allClose(NDArray.of(new double[] {Math.log(24), Math.log(Math.PI) / 2}), 1e-14, 0)).isTrue();
        assertThat(eval(digamma(doubles(1))).allClose(NDArray.of(new double[] {-0.5772156649015329}), 1e-13, 0)).isTrue();
        assertThat(eval(polygamma(1, doubles(1, -0.5))).allClose(NDArray.of(new double[] {Math.PI * Math.PI / 6, 8.934802200544679}), 1e-13, 0)).isTrue();
        assertThat(eval(polygamma(2, doubles(1))).allClose(NDArray.of(new double[] {-2.404113806319188}), 1e-13, 0)).isTrue();
        assertThat(value(log10(doubles(1000)))).isEqualTo("[3.]");
    }

    @Test void nanIsFound() { assertThat(value(isnan(doubles(Double.NaN, 1)))).isEqualTo("[ True False]"); }

    @Test void printsAsWritten() {
        var x = tensor("x", DType.FLOAT64);
        assertThat(List.of(rem(x, 2), intDiv(x, 2), gradClip(x, -1, 1), polygamma(2, x)))
            .hasToString("[x % 2, x // 2, gradClip(x, -1.0, 1.0), polygamma(x, order=2)]");
    }
}

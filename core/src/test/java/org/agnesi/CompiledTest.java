package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.MissingInputError;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.junit.jupiter.api.Test;

class CompiledTest {
    private final org.agnesi.symbolic.Expr x = dscalar("x"), y = dscalar("y");

    @Test void callsWithOneNumber() {
        assertThat(function(x, x.pow(2)).call(4).toDouble()).isEqualTo(16);
    }

    @Test void takesInputsInOrder() {
        assertThat(function(inputs(x, y), x.minus(y)).call(5, 3.5).toDouble()).isEqualTo(1.5);
    }

    @Test void returnsAllOutputsInOrder() {
        assertThat(function(inputs(x, y), outputs(x.plus(y), x.minus(y))).callAll(5, 3))
            .containsExactly(NDArray.of(8.0), NDArray.of(2.0));
    }

    @Test void takesAMatrixAsOneArgument() {
        var a = dmatrix("A");
        assertThat(function(a, a.T()).call(new double[][] {{1, 2}, {3, 4}}).toString()).isEqualTo("[[1. 3.]\n [2. 4.]]");
    }

    @Test void takesTheArgumentsInAList() {
        assertThat(function(inputs(x, y), x.minus(y)).call(List.of(5, 3)).toDouble()).isEqualTo(2);
    }

    @Test void widensIntegerArrays() {
        var v = dvector("v");
        assertThat(function(v, v.plus(1)).call(new int[] {1, 2}).toString()).isEqualTo("[2. 3.]");
    }

    @Test void takesAFormulaAsInput() {
        var square = x.pow(2);
        assertThat(function(square, square.plus(1)).call(4).toDouble()).isEqualTo(5);
    }

    @Test void needsEveryArgument() {
        assertThatThrownBy(() -> function(inputs(x, dvector("v", 3)), x).call(1)).isInstanceOf(ArgumentError.class).hasMessage("""
            function needs 2 arguments (x: float64[], v: float64[3]), but got 1
            Pass one value per input, in that order.""");
    }

    @Test void explainsAVectorSpreadIntoNumbers() {
        var v = dvector("v");
        assertThatThrownBy(() -> function(v, v).call(1, 2, 3)).isInstanceOf(ArgumentError.class).hasMessage("""
            function needs 1 argument (v: float64[?]), but got 3
            An array is one argument: pass new double[] {…}.""");
    }

    @Test void refusesNull() {
        assertThatThrownBy(() -> function(inputs(x, y), x).call(1, null)).isInstanceOf(ArgumentError.class).hasMessage("""
            function needs y of type float64[], but got null
            Pass a value for every input.""");
    }

    @Test void refusesAnotherRank() {
        var a = dmatrix("A");
        assertThatThrownBy(() -> function(a, a).call(new double[] {1, 2, 3})).isInstanceOf(TypeError.class).hasMessage("""
            function needs A of type float64[?,?], but got float64[3]
            Pass an array of rank 2.""");
        assertThatThrownBy(() -> function(x, x).call(new double[] {1})).isInstanceOf(TypeError.class).hasMessage("""
            function needs x of type float64[], but got float64[1]
            Pass a single number.""");
    }

    @Test void refusesAFractionForAnInteger() {
        var n = tensor("n", DType.INT64);
        assertThatThrownBy(() -> function(n, n).call(2.5)).isInstanceOf(TypeError.class).hasMessage("""
            function needs n of type int64[], but got the number 2.5
            A number with a fraction is not cut off silently: round it, or declare n as float64.""");
    }

    @Test void refusesANumberThatDoesNotFit() {
        var n = tensor("n", DType.INT8);
        assertThatThrownBy(() -> function(n, n).call(300)).isInstanceOf(TypeError.class).hasMessage("""
            function needs n of type int8[], but got the number 300
            It is too large for int8: declare n wider.""");
    }

    @Test void neverNarrowsAnArray() {
        var v = tensor("v", DType.FLOAT32, -1);
        assertThatThrownBy(() -> function(v, v).call(new double[] {1, 2})).isInstanceOf(TypeError.class).hasMessage("""
            function needs v of type float32[?], but got float64[2]
            Arrays widen but never narrow: cast it with cast(DType.FLOAT32), or declare v as float64.""");
    }

    @Test void refusesAnotherSize() {
        var v = dvector("v", 3);
        assertThatThrownBy(() -> function(v, v).call(new double[] {1, 2})).isInstanceOf(ShapeError.class).hasMessage("""
            function needs v of type float64[3], but got float64[2]
            Its axis 0 must have length 3.""");
    }

    @Test void refusesRaggedArrays() {
        var a = dmatrix("A");
        assertThatThrownBy(() -> function(a, a).call(new double[][] {{1, 2, 3}, {4, 5}})).isInstanceOf(ShapeError.class).hasMessage("""
            function needs A of type float64[?,?], but got a value that is no array
            rows of one length are needed, but row 1 has length 2 and row 0 has length 3
            Pad or cut them to the same length.""");
    }

    @Test void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> function(x, x).call("2")).isInstanceOf(TypeError.class).hasMessage("""
            function needs x of type float64[], but got a value that is no array
            numbers, booleans, or arrays and lists of them are needed, but got a java.lang.String
            Convert it first.""");
    }

    @Test void refusesOneResultOfSeveral() {
        assertThatThrownBy(() -> function(x, outputs(x, x)).call(1)).isInstanceOf(ArgumentError.class).hasMessage("""
            call needs a function with one output, but function has 2
            Use callAll(…), which returns a list.""");
    }

    @Test void needsEveryVariable() {
        assertThatThrownBy(() -> function(x, x.plus(y))).isInstanceOf(MissingInputError.class).hasMessage("""
            function needs a value for y of type float64[], but its inputs are [x]
            Add it to the inputs, or replace it with given(…).""");
    }

    @Test void refusesAnInputTwice() {
        assertThatThrownBy(() -> function(inputs(x, x), x)).isInstanceOf(ArgumentError.class).hasMessage("""
            function needs different inputs, but got x twice
            Name each input once.""");
    }

    @Test void replacesGivens() {
        var f = function().inputs(y).outputs(x.times(3)).given(x, y.plus(1)).compile();
        assertThat(f.call(1).toDouble()).isEqualTo(6);
    }

    @Test void replacesPartsOfAFormula() {
        var part = x.times(3);
        assertThat(function().inputs(y).outputs(part.plus(1)).given(part, y).compile().call(5).toDouble()).isEqualTo(6);
        assertThatThrownBy(() -> function().inputs(y).outputs(part.plus(1)).given(x.times(3), y).compile())
            .isInstanceOf(ArgumentError.class).hasMessage("""
            given needs a variable or a part of the formula, but got x * 3 of type float64[], which is neither
            Pass the expression that the formula was built from: one written again is another.""");
    }

    @Test void takesNullAsOneArgument() {
        assertThatThrownBy(() -> function(x, x).call((Object[]) null)).isInstanceOf(ArgumentError.class);
        assertThatThrownBy(() -> function(x, x).call(Arrays.asList((Object) null))).isInstanceOf(ArgumentError.class);
    }

    @Test void printsTheOptimizedGraph() {
        assertThat(function(x, grad(x.pow(2), x)).pp()).isEqualTo("(2.0 * x)");
    }

    @Test void needsNoVariableThatRewritingDrops() {
        var w = dmatrix("W");
        var xs = dvector("xs");
        var u = dvector("u");
        var f = function(inputs(xs, u), lop(dot(xs, w), w, u));
        assertThat(f.call(new double[] {0, 1}, new double[] {2, 2}).toString()).isEqualTo("[[0. 0.]\n [2. 2.]]");
    }

    @Test void runsUnrewrittenForReference() {
        var f = function().inputs(x).outputs(grad(x.pow(2), x)).mode(Mode.REFERENCE).compile();
        assertThat(f.call(4).toDouble()).isEqualTo(8);
        assertThat(f.pp()).startsWith("((fill(");
        assertThat(f.explain()).isEqualTo("nothing is rewritten in mode REFERENCE");
    }

    @Test void explainsItsRewrites() {
        assertThat(function(x, grad(x.pow(2), x)).explain()).isNotEmpty();
    }
}

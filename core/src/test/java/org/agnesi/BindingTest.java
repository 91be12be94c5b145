package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.shared;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.flip;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.BindError;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingTest {
    private static final MethodHandles.Lookup MINE = MethodHandles.lookup();
    private final Expr x = dscalar("x"), y = dscalar("y"), v = dvector("v"), a = dmatrix("A");

    interface Cost { double at(double[] v, double[] gradient); }
    interface TwoOuts { double at(double[] v, double[] doubled, double @Nullable [] tripled); }
    interface Both { Split of(double x, double y); }
    interface Matrix { double[][] of(double[][] a); }
    interface Rows3 { void of(double[] v, double[] doubled, double[][] outer, double[] total); }
    interface Vector3 { double[] of(double[] v); }
    interface Arrays { NDArray of(NDArray v); }
    interface Everything { List<NDArray> of(double x); }
    interface Numbers { List<Double> of(double x); }
    interface Twice extends UnaryOperator<Double> { @Override Double apply(Double x); }
    interface Two { double f(double x); double g(double x); }
    record Split(double sum, double difference) {}

    interface Priced {
        double price(double spot);
        default double twice(double spot) { return 2 * price(spot); }
    }

    @Test void aListHoldsArrays() {
        assertThatThrownBy(() -> function(x, x).bind(Numbers.class, MINE)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a List<NDArray> for the outputs, but Numbers.of(double) → List returns a List<Double>
            Return List<NDArray>, or a record with one component per output.""");
    }

    @Test void passesNumbers() {
        assertThat(function(x, x.times(2)).<DoubleUnaryOperator>bind(DoubleUnaryOperator.class).applyAsDouble(94.2)).isEqualTo(188.4);
        assertThat(function(inputs(x, y), x.minus(y)).<DoubleBinaryOperator>bind(DoubleBinaryOperator.class).applyAsDouble(5, 3)).isEqualTo(2);
    }

    @Test void callsFunctionsOfNumbersWithoutArrays() {
        var n = tensor("n", DType.INT64);
        var k = tensor("k", DType.INT32);
        assertThat(function(inputs(n, k), n.times(k)).<LongBinaryOperator>bind(LongBinaryOperator.class).applyAsLong(1L << 40, -3))
            .isEqualTo(-3L << 40);
        assertThat(function(n, n.gt(2)).<LongPredicate>bind(LongPredicate.class).test(3)).isTrue();
        assertThat(function(n, n.exp()).<LongToDoubleFunction>bind(LongToDoubleFunction.class).applyAsDouble(0)).isEqualTo(1.0);
        assertThat(function(inputs(x, y), y).<DoubleBinaryOperator>bind(DoubleBinaryOperator.class).applyAsDouble(5, 3)).isEqualTo(3);
        assertThat(function(inputs(x, y), y.times(y)).<DoubleBinaryOperator>bind(DoubleBinaryOperator.class).applyAsDouble(5, 3)).isEqualTo(9);
    }

    @Test void needsNoTypeArgument() {
        assertThat(function(x, x.times(2)).bind(DoubleUnaryOperator.class).applyAsDouble(2)).isEqualTo(4);
    }

    @Test void widensNumbers() {
        assertThat(function(x, x.times(2)).bind(IntToDoubleFunction.class).applyAsDouble(3)).isEqualTo(6);
        var n = tensor("n", DType.INT64);
        assertThat(function(n, n.plus(1)).bind(LongUnaryOperator.class).applyAsLong(1L << 60)).isEqualTo((1L << 60) + 1);
    }

    @Test void fillsOutArraysWithTheOutputsThatItDoesNotReturn() {
        var gradient = new double[3];
        var cost = function(v, outputs(sum(v.times(v)), v.times(2))).bind(Cost.class, MINE);
        assertThat(cost.at(new double[] {1, 2, 3}, gradient)).isEqualTo(14);
        assertThat(gradient).containsExactly(2, 4, 6);
    }

    /// Calls of the same lengths write directly, but where an out array is an input, or two are one; other lengths are looked at anew.
    @Test void readsAllBeforeItWritesAnything() {
        var cost = function(v, outputs(sum(v.times(v)), flip(v, 0).times(2))).bind(Cost.class, MINE);
        var at = new double[] {1, 2, 3};
        for (int call = 0; call < 3; call++) cost.at(new double[] {4, 5, 6}, new double[3]);
        assertThat(cost.at(at, at)).isEqualTo(14);
        assertThat(at).containsExactly(6, 4, 2);
        var longer = new double[4];
        assertThat(cost.at(new double[] {1, 2, 3, 4}, longer)).isEqualTo(30);
        assertThat(longer).containsExactly(8, 6, 4, 2);
        assertThatThrownBy(() -> cost.at(at, longer)).isInstanceOf(ShapeError.class);
    }

    @Test void fillsOutArraysOfEveryRank() {
        var doubled = new double[2];
        var matrix = new double[2][2];
        var total = new double[1];
        var f = function(inputs(v), outputs(v.times(2), constant(new double[][] {{1, 2}, {3, 4}}).plus(sum(v).times(2)), sum(v))).bind(Rows3.class, MINE);
        f.of(new double[] {1, 2}, doubled, matrix, total);
        assertThat(doubled).containsExactly(2, 4);
        assertThat(matrix[1]).containsExactly(9, 10);
        assertThat(total).containsExactly(3);
    }

    @Test void refusesAnOutArrayOfAnotherLength() {
        var cost = function(v, outputs(sum(v), v)).bind(Cost.class, MINE);
        assertThatThrownBy(() -> cost.at(new double[] {1, 2}, new double[3])).isInstanceOf(ShapeError.class).hasMessage("""
            an array of shape (2,) is needed to write into, but the length of axis 0 is 3
            Make it of that shape.""");
    }

    @Test void commitsNothingWhereOneOutArrayDoesNotFit() {
        var total = shared("total", 0.0);
        var f = function().inputs(v).outputs(outputs(sum(v), v.times(2), v.times(3))).update(total, total.plus(sum(v))).compile()
            .bind(TwoOuts.class, MINE);
        var doubled = new double[2];
        assertThatThrownBy(() -> f.at(new double[] {1, 2}, doubled, new double[3])).isInstanceOf(ShapeError.class).hasMessage("""
            an array of shape (2,) is needed to write into, but the length of axis 0 is 3
            Make it of that shape.""");
        assertThatThrownBy(() -> f.at(new double[] {1, 2}, doubled, null)).isInstanceOf(ArgumentError.class);
        assertThat(total.value()).isEqualTo(NDArray.of(0.0));
        assertThat(doubled).containsExactly(0, 0);
        var tripled = new double[2];
        assertThat(f.at(new double[] {1, 2}, doubled, tripled)).isEqualTo(3);
        assertThat(total.value()).isEqualTo(NDArray.of(3.0));
        assertThat(doubled).containsExactly(2, 4);
        assertThat(tripled).containsExactly(3, 6);
    }

    @Test void returnsARecordOfTheOutputs() {
        assertThat(function(inputs(x, y), outputs(x.plus(y), x.minus(y))).bind(Both.class, MINE).of(5, 3)).isEqualTo(new Split(8, 2));
    }

    @Test void passesNestedArrays() {
        assertThat(function(a, a.T()).bind(Matrix.class, MINE).of(new double[][] {{1, 2}, {3, 4}})).isDeepEqualTo(new double[][] {{1, 3}, {2, 4}});
    }

    @Test void givesNoArgumentBack() {
        var argument = new double[] {1, 2};
        assertThat(function(v, v).bind(Vector3.class, MINE).of(argument)).isEqualTo(argument).isNotSameAs(argument);
    }

    @Test void passesArraysAndLists() {
        assertThat(function(v, v.plus(1)).bind(Arrays.class, MINE).of(NDArray.of(new double[] {1})).toString()).isEqualTo("[2.]");
        Everything all = function(x, outputs(x, x.plus(1))).bind(Everything.class, MINE);
        assertThat(all.of(1)).containsExactly(NDArray.of(1.0), NDArray.of(2.0));
    }

    @Test void passesBoxesWhereTheInterfaceHasThem() throws Exception {
        Function<Double, NDArray> f = function(x, x.times(2)).bind(Function.class);
        assertThat(f.apply(3.0).toDouble()).isEqualTo(6);
        ToDoubleFunction<double[]> g = function(v, sum(v)).bind(ToDoubleFunction.class);
        assertThat(g.applyAsDouble(new double[] {1, 2})).isEqualTo(3);
        assertThat(function(x, x.times(2)).bind(Twice.class, MINE).apply(4.0)).isEqualTo(8);
        UnaryOperator<Double> wide = function(x, x.times(2)).bind(Twice.class, MINE);
        assertThat(wide.apply(4.0)).isEqualTo(8);
        var w = shared("w", 5.0);
        Supplier<NDArray> s = function(List.of(), w).bind(Supplier.class);
        assertThat(s.get().toDouble()).isEqualTo(5);
        Callable<NDArray> c = function(List.of(), w).bind(Callable.class);
        assertThat(c.call().toDouble()).isEqualTo(5);
    }

    @Test void keepsDefaultMethods() {
        assertThat(function(x, x.plus(1)).bind(Priced.class, MINE).twice(2)).isEqualTo(6);
        assertThat(function(x, x.plus(1)).bind(DoubleUnaryOperator.class).andThen(d -> -d).applyAsDouble(1)).isEqualTo(-2);
    }

    @Test void countsParameters() {
        assertThatThrownBy(() -> function(x, x).bind(DoubleBinaryOperator.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a method for function(x: float64[]) → float64[], but got DoubleBinaryOperator.applyAsDouble(double, double) → double
            Its parameters are the inputs, then an array for each output that it does not return.""");
    }

    @Test void refusesParametersThatDoNotFit() {
        assertThatThrownBy(() -> function(v, sum(v)).bind(DoubleUnaryOperator.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a parameter for v of type float64[?], but got double
            Its Java type is double[], or NDArray.""");
        var n = tensor("n", DType.INT64);
        assertThatThrownBy(() -> function(n, n).bind(DoubleUnaryOperator.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a parameter for n of type int64[], but got double
            Its Java type is long, or NDArray.""");
    }

    @Test void refusesResultsThatDoNotFit() {
        assertThatThrownBy(() -> function(x, x).bind(java.util.function.DoubleToLongFunction.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a Java type for the output x of type float64[], but got long
            Return double, NDArray, or a record with one component per output.""");
    }

    @Test void asksForALookup() {
        assertThatThrownBy(() -> function(x, x).bind(Priced.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs a public interface, but org.agnesi.BindingTest$Priced is not public
            Pass the right to see it: bind(Priced.class, MethodHandles.lookup()).""");
    }

    @Test void needsOneMethod() {
        assertThatThrownBy(() -> function(x, x).bind(Two.class, MINE)).isInstanceOf(BindError.class).hasMessage("""
            bind needs an interface with one abstract method, but org.agnesi.BindingTest$Two has several: [f, g]
            Declare one whose parameters are the inputs: function(x: float64[]) → float64[].""");
        assertThatThrownBy(() -> function(x, x).bind(String.class)).isInstanceOf(BindError.class).hasMessage("""
            bind needs an interface with one abstract method, but java.lang.String is no interface
            Declare one whose parameters are the inputs: function(x: float64[]) → float64[].""");
    }

    @Test void writesIntoArraysOfTheCaller() {
        var out = NDArray.zeros(DType.FLOAT64, 2);
        function(v, v.plus(1)).callInto(List.of(out), List.of(new double[] {1, 2}));
        assertThat(out.toString()).isEqualTo("[2. 3.]");
    }

    @Test void writesIntoAnArgument() {
        var in = NDArray.of(new double[] {1, 2});
        function(v, outputs(v.plus(1))).callInto(List.of(in), List.of(in));
        assertThat(in.toString()).isEqualTo("[2. 3.]");
    }

    @Test void refusesArraysThatAreOne() {
        var out = NDArray.zeros(DType.FLOAT64, 2);
        var f = function(v, outputs(v, v));
        assertThatThrownBy(() -> f.callInto(List.of(out, out), List.of(new double[] {1, 2}))).hasMessage("""
            different arrays are needed for the outputs of function, but those for outputs 0 and 1 share their elements
            Make one array per output.""");
        assertThatThrownBy(() -> f.callInto(List.of(out), List.of(new double[] {1, 2}))).hasMessage("""
            function has 2 outputs, but got 1 arrays to write them into
            Pass one array per output, in that order.""");
    }

    @Test void writesNothingWhereOneArrayDoesNotFit() {
        var first = NDArray.zeros(DType.FLOAT64, 2);
        var second = NDArray.zeros(DType.FLOAT64, 3);
        var f = function(v, outputs(v, v));
        assertThatThrownBy(() -> f.callInto(List.of(first, second), List.of(new double[] {1, 2}))).isInstanceOf(ShapeError.class).hasMessage("""
            an array of shape (2,) is needed to write into, but got (3,)
            Make it of that shape.""");
        assertThat(first.toString()).isEqualTo("[0. 0.]");
    }
}

package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.shared;
import static org.agnesi.Tensors.check;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.CheckError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final Expr x = dscalar("x");

    @Test void keepsItsValueBetweenCalls() {
        var count = shared("count", 0L);
        var next = function().outputs(count).update(count, count.plus(1)).compile();
        next.call();
        assertThat(next.call().toLong()).isEqualTo(1);
        assertThat(count.value().toLong()).isEqualTo(2);
    }

    @Test void readsTheValueOfTheMoment() {
        var w = shared("w", 2.0);
        var f = function(x, x.times(w));
        w.value(5);
        assertThat(f.call(3).toDouble()).isEqualTo(15);
    }

    @Test void updatesAllAtOnceFromTheValuesBefore() {
        var a = shared("a", 1.0);
        var b = shared("b", 2.0);
        function().updates(Map.of(a, b, b, a)).compile().callAll();
        assertThat(List.of(a.value().toDouble(), b.value().toDouble())).containsExactly(2.0, 1.0);
    }

    @Test void keepsAllValuesWhenOneUpdateFails() {
        var a = shared("a", 1.0);
        var v = shared("v", new double[] {1, 2});
        var u = dvector("u");
        var f = function().inputs(u).update(a, a.plus(1)).update(v, v.plus(u)).compile();
        assertThatThrownBy(() -> f.callAll(new double[] {1, 2, 3})).isInstanceOf(RuntimeException.class);
        assertThat(a.value().toDouble()).isEqualTo(1);
    }

    @Test void keepsAllValuesWhenOneUpdateFailsLate() {
        var a = shared("a", 1.0);
        var b = shared("b", 1.0);
        var f = function().inputs(x).update(a, a.plus(x)).update(b, check(b.plus(x), "x is too large", x.lt(10))).compile();
        assertThatThrownBy(() -> f.callAll(20)).isInstanceOf(CheckError.class);
        assertThat(List.of(a.value().toDouble(), b.value().toDouble())).containsExactly(1.0, 1.0);
        f.callAll(2);
        assertThat(List.of(a.value().toDouble(), b.value().toDouble())).containsExactly(3.0, 3.0);
    }

    @Test void losesNoUpdateAmongThreads() throws Exception {
        var a = shared("a", 0.0);
        var b = shared("b", 0.0);
        var step = function().outputs(a.minus(b)).update(a, a.plus(1)).update(b, b.plus(1)).compile();
        try (var pool = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 4000).mapToObj(_ -> pool.submit(() -> step.call().toDouble())).toList();
            for (var call : calls) assertThat(call.get()).isZero();
        }
        assertThat(a.value().toDouble()).isEqualTo(4000);
        assertThat(b.value().toDouble()).isEqualTo(4000);
    }

    @Test void changesByDefaultAsItSays() {
        var state = shared("state", 1.0);
        state.defaultUpdate(state.times(2));
        function(List.of(), state.plus(0)).call();
        assertThat(state.value().toDouble()).isEqualTo(2);
    }

    @Test void changesAsTheFunctionSaysRatherThanByDefault() {
        var state = shared("state", 1.0);
        state.defaultUpdate(state.times(2));
        function().outputs(state).update(state, constant(7)).compile().call();
        assertThat(state.value().toDouble()).isEqualTo(7);
    }

    @Test void isCopiedIn() {
        var values = new double[] {1, 2};
        var w = shared("w", NDArray.wrap(values, 2));
        values[0] = 99;
        assertThat(w.value().toString()).isEqualTo("[1. 2.]");
    }

    @Test void isCopiedOut() {
        var w = shared("w", new double[] {1, 2});
        var out = function(List.of(), outputs(w, List.of(w))).callAll();
        ((double[]) out.get(0).data())[0] = 99;
        assertThat(w.value().toString()).isEqualTo("[1. 2.]");
        assertThat(out.get(1).toString()).isEqualTo("[1. 2.]");
    }

    @Test void givesNoConstantAway() {
        var f = function(List.of(), constant(new double[] {1, 2}));
        ((double[]) f.call().data())[0] = 99;
        assertThat(f.call().toString()).isEqualTo("[1. 2.]");
    }

    @Test void givesNoArgumentBack() {
        var v = dvector("v");
        var argument = NDArray.wrap(new double[] {1, 2}, 2);
        assertThat(function(v, v).call(argument).data()).isNotSameAs(argument.data());
    }

    @Test void staysApartFromTheOutputsOfAnUpdate() {
        var v = dvector("v");
        var w = shared("w", new double[] {0});
        var argument = NDArray.wrap(new double[] {1, 2}, 2);
        var out = function().inputs(v).outputs(v).update(w, v).compile().call(argument);
        ((double[]) out.data())[0] = 99;
        ((double[]) argument.data())[1] = 99;
        assertThat(w.value().toString()).isEqualTo("[1. 2.]");
    }

    @Test void isNoInput() {
        var w = shared("w", 2.0);
        assertThatThrownBy(() -> function(w, w)).isInstanceOf(ArgumentError.class).hasMessage("""
            function needs variables as inputs, but got the shared variable w
            It has a value of its own: leave it out, or replace it by a variable with given(…).""");
    }

    @Test void isReplacedByAVariable() {
        var w = shared("w", 2.0);
        assertThat(function().inputs(x).outputs(w.times(10)).given(w, x).compile().call(3).toDouble()).isEqualTo(30);
    }

    @Test void isUpdatedOnce() {
        var w = shared("w", 2.0);
        assertThatThrownBy(() -> function().update(w, x).update(w, x)).isInstanceOf(ArgumentError.class).hasMessage("""
            a function updates a shared variable once, but w is updated twice
            Say in one expression what it becomes.""");
    }

    @Test void keepsItsType() {
        var w = shared("w", 2.0f);
        assertThatThrownBy(() -> function().update(w, x)).isInstanceOf(TypeError.class).hasMessage("""
            the update of w needs type float32[], but got x of type float64[]
            Cast or reshape it.""");
        assertThatThrownBy(() -> w.value(new double[] {1})).isInstanceOf(TypeError.class).hasMessage("""
            w holds values of type float32[], but got float64 of shape (1,)
            Its dtype and rank are those of its first value.""");
    }
}

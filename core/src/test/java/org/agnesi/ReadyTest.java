package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Calls of one kind that are made often: what they give, and what they refuse, is what the first call gives and refuses.
class ReadyTest {
    private static final MethodHandles.Lookup MINE = MethodHandles.lookup();
    /// More than it takes until arrays are in place.
    private static final int OFTEN = 300;

    private final Expr v = dvector("v"), w = dvector("w"), s = dscalar("s");

    interface Value { double at(double @Nullable [] v); }
    interface Gradient { double[] at(double[] v); }
    interface Cost { double at(double[] v, double[] gradient); }
    interface Scaled { double at(double[] v, double s, double[] gradient); }
    interface Two { void of(double[] v, double[] w, double[] sum); }
    interface Picked { void of(double[] v, long[] at, double[] out); }
    interface Sums { Pair of(double[] v); }
    interface Applied { double at(double[] v, NDArray a); }
    record Pair(double sum, double squares) {}

    private static double[] ramp(int n, double from) {
        var x = new double[n];
        Arrays.setAll(x, i -> from + i);
        return x;
    }

    @Test void otherArraysAndLengthsGiveTheirOwnValues() {
        Cost f = function(v, outputs(sum(sqr(v)), grad(sum(sqr(v)), v))).bind(Cost.class, MINE);
        for (int k = 0; k < OFTEN; k++) f.at(ramp(3, k), new double[3]);
        for (int n : new int[] {3, 5, 0, 3, 3, 1}) {
            double[] x = ramp(n, 1), gradient = new double[n];
            assertThat(f.at(x, gradient)).isEqualTo(Arrays.stream(x).map(e -> e * e).sum());
            assertThat(gradient).isEqualTo(Arrays.stream(x).map(e -> 2 * e).toArray());
        }
        double[] x = ramp(3, 1), gradient = new double[3];
        for (int k = 0; k < OFTEN; k++) f.at(x, gradient);
        x[0] = 7;
        assertThat(f.at(x, gradient)).isEqualTo(49 + 4 + 9);
        assertThat(gradient).containsExactly(14, 4, 6);
    }

    @Test void numbersAndRecordsOfNumbersPass() {
        var cost = s.times(sum(sqr(v)));
        Scaled f = function(inputs(v, s), outputs(cost, grad(cost, v))).bind(Scaled.class, MINE);
        Sums g = function(v, outputs(sum(v), sum(sqr(v)))).bind(Sums.class, MINE);
        double[] x = ramp(3, 1), gradient = new double[3];
        for (int k = 0; k < OFTEN; k++) {
            assertThat(f.at(x, k, gradient)).isEqualTo(14.0 * k);
            assertThat(gradient[2]).isEqualTo(6.0 * k);
            x[0] = 1;
            assertThat(g.of(x)).isEqualTo(new Pair(6, 14));
        }
    }

    @Test void aNewArrayIsTheCallers() {
        Gradient f = function(v, grad(sum(sqr(v)), v)).bind(Gradient.class, MINE);
        var before = f.at(ramp(3, 0));
        for (int k = 0; k < OFTEN; k++) {
            var got = f.at(ramp(3, k));
            assertThat(got).containsExactly(2 * k, 2 * k + 2, 2 * k + 4).isNotSameAs(before);
            before = got;
        }
        f.at(ramp(3, 0));
        assertThat(before).containsExactly(598, 600, 602);
        assertThat(f.at(ramp(2, 1))).containsExactly(2, 4);
        assertThat(f.at(before)).containsExactly(1196, 1200, 1204);
    }

    @Test void anArrayOfMoreAxesPasses() {
        var a = dmatrix("A");
        Applied f = function(inputs(v, a), sum(dot(a, v))).bind(Applied.class, MINE);
        var matrix = NDArray.wrap(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        for (int k = 0; k < OFTEN; k++) assertThat(f.at(ramp(3, 0), matrix)).isEqualTo(25);
        assertThat(f.at(ramp(2, 1), matrix.reshape(3, 2))).isEqualTo(33);
        assertThatThrownBy(() -> f.at(ramp(2, 1), matrix)).isInstanceOf(ShapeError.class);
        assertThat(f.at(ramp(3, 0), matrix)).isEqualTo(25);
    }

    @Test void anOutputThatIsAnInputIsWrittenLast() {
        Two f = function(inputs(v, w), flip(v).plus(w)).bind(Two.class, MINE);
        for (int k = 0; k < OFTEN; k++) f.of(ramp(4, 0), ramp(4, 0), new double[4]);
        var x = ramp(4, 0);
        f.of(x, ramp(4, 10), x);
        assertThat(x).containsExactly(13, 13, 13, 13);
        f.of(x, x, x);
        assertThat(x).containsExactly(26, 26, 26, 26);
    }

    @Test void whatDoesNotFitIsRefusedAsAtFirst() {
        Value f = function(v, sum(sqr(v))).bind(Value.class, MINE);
        Two g = function(inputs(v, w), v.plus(w)).bind(Two.class, MINE);
        for (int k = 0; k < OFTEN; k++) {
            f.at(ramp(3, 0));
            g.of(ramp(3, 0), ramp(3, 0), new double[3]);
        }
        assertThatThrownBy(() -> f.at(null)).isInstanceOf(ArgumentError.class).hasMessageContaining("but got null");
        assertThatThrownBy(() -> g.of(ramp(3, 0), ramp(4, 0), new double[3])).isInstanceOf(ShapeError.class).hasMessageContaining("axis 0 of v and axis 0 of w");
        assertThatThrownBy(() -> g.of(ramp(3, 0), ramp(3, 0), new double[2])).isInstanceOf(ShapeError.class)
            .hasMessageContaining("an array of shape (3,) is needed");
        assertThat(f.at(ramp(3, 0))).isEqualTo(5);
    }

    @Test void aPositionOutsideIsToldByName() {
        var at = lvector("at");
        Picked f = function(inputs(v, at), mul(2, v.get(at))).bind(Picked.class, MINE);
        double[] x = ramp(4, 0), out = new double[2];
        for (int k = 0; k < OFTEN; k++) f.of(x, new long[] {1, 3}, out);
        for (int k = 0; k < 3; k++) assertThatThrownBy(() -> f.of(x, new long[] {1, 9}, out)).isInstanceOf(IndexError.class)
            .hasMessage("""
                a position from -4 to 3 is needed along axis 0 of v, but got 9
                  v: (4,)
                Positions count from 0; negative ones count from the end.""");
        f.of(x, new long[] {2, 0}, out);
        assertThat(out).containsExactly(4, 0);
    }

    @Test void callIntoAndABoundCallKeepTheirArraysApart() {
        var f = function(v, sum(sqr(v)));
        Value bound = f.bind(Value.class, MINE);
        var mine = NDArray.zeros(DType.FLOAT64);
        for (int k = 0; k < OFTEN; k++) {
            f.callInto(List.of(mine), List.of(NDArray.wrap(ramp(3, 1), 3)));
            assertThat(bound.at(ramp(3, 0))).isEqualTo(5);
            assertThat(mine.toDouble()).isEqualTo(14);
        }
        assertThatThrownBy(() -> f.callInto(List.of(), List.of(NDArray.wrap(ramp(3, 1), 3)))).isInstanceOf(ArgumentError.class);
    }

    /// Sizes that depend on values are found anew in each call.
    @Test void aLengthThatIsAnArgumentMayChange() {
        var n = lscalar("n");
        var f = function(n, sum(scan(arange(n), 1.0, (i, x) -> x.times(2))));
        var out = NDArray.zeros(DType.FLOAT64);
        for (int k = 0; k < OFTEN; k++) f.callInto(List.of(out), List.of(NDArray.of(3L)));
        f.callInto(List.of(out), List.of(NDArray.of(5L)));
        assertThat(out.toDouble()).isEqualTo(62);
    }

    @Test void aProfileSeesAllCalls() {
        var f = function(v, sum(sqr(v)));
        Value bound = f.bind(Value.class, MINE);
        for (int k = 0; k < OFTEN; k++) bound.at(ramp(3, 0));
        try (var profile = f.profile()) {
            for (int k = 0; k < 7; k++) bound.at(ramp(3, 0));
            assertThat(profile.timings().getFirst().runs()).isEqualTo(7);
        }
    }

    @Test void threadsHaveArraysOfTheirOwn() throws Exception {
        var states = scan(v, 0.5, (x, at) -> sin(at.plus(x)));
        Cost f = function(v, outputs(sum(states), grad(sum(states), v))).bind(Cost.class, MINE);
        var expected = new ArrayList<List<Object>>();
        for (int t = 0; t < 4; t++) expected.add(seen(f, t));
        try (var threads = Executors.newFixedThreadPool(4)) {
            var asked = new ArrayList<Callable<List<Object>>>();
            for (int t = 0; t < 4; t++) {
                double from = t;
                asked.add(() -> {
                    for (int k = 0; k < 5_000; k++) if (!seen(f, from).equals(expected.get((int) from))) return List.of("call " + k);
                    return seen(f, from);
                });
            }
            var got = threads.invokeAll(asked);
            for (int t = 0; t < 4; t++) assertThat(got.get(t).get()).isEqualTo(expected.get(t));
        }
    }

    private static List<Object> seen(Cost f, double from) {
        var gradient = new double[6];
        return List.of(f.at(ramp(6, from), gradient), Arrays.hashCode(gradient));
    }
}

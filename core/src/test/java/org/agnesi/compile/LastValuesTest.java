package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.IndexError;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class LastValuesTest {
    private final Expr W = dmatrix("W");
    private final Expr xs = dmatrix("xs");
    private final Expr h0 = dvector("h0");

    private static NDArray numbers(int... dims) {
        var shape = Shape.of(dims);
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1) / 2;
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }

    private Expr states() { return scan(xs, h0, (x, h) -> tanh(dot(W, h).plus(x))); }

    /// A body that is no program, so that the loop goes step by step.
    private Expr stepwise() { return scan(xs, h0, (x, h) -> tanh(solve(W, h).plus(x))); }

    private Cost cost(Expr y, int n) { return function(inputs(W, h0, xs), y).cost(Shape.of(8, 8), Shape.of(8), Shape.of(n, 8)); }

    private void same(List<Expr> ys, int n) {
        var args = new Object[] {numbers(3, 3), numbers(3), numbers(n, 3)};
        var expected = function().inputs(W, h0, xs).outputs(ys).mode(Mode.REFERENCE).compile().callAll(args);
        Compiled f = function().inputs(W, h0, xs).outputs(ys).mode(Mode.STRICT).compile();
        var found = f.callAll(args);
        for (int k = 0; k < ys.size(); k++) {
            var one = found.get(k);
            assertThat(one.allClose(expected.get(k), 1e-14, 1e-15)).as("%d of %s", k, found).isTrue();
        }
    }

    @Test void memoryDoesNotGrowWithTheStepsWhereOnlyTheLastStateIsRead() {
        for (var all : List.of(states(), stepwise()))
            for (var last : List.of(all.get(-1), concatenate(List.of(h0.reshape(1, -1), all), 0).get(-1)))
                assertThat(cost(last, 4000).peakBytes()).isEqualTo(cost(last, 1000).peakBytes());
    }

    @Test void allStatesAreKeptWhereAnotherIsRead() {
        var all = states();
        var others = List.of(all.get(0).plus(all.get(-1)), all.get(-2).plus(all.get(-1)), all.times(all.get(-1)));
        for (var other : others) assertThat(cost(other, 4000).peakBytes()).isGreaterThan(3000 * 8 * 8);
        same(others, 5);
    }

    @Test void theValueIsThatOfTheReference() {
        for (int n : new int[] {1, 2, 7}) same(List.of(states().get(-1), stepwise().get(-1)), n);
    }

    @Test void withoutAStepItIsTheInitialOne() {
        for (var step : List.of(true, false)) {
            var loop = scan();
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(step ? dot(W, h.previous()).plus(x) : solve(W, h.previous()).plus(x));
            for (int n : new int[] {0, 1, 3}) same(List.of(h.last()), n);
        }
    }

    @Test void theLastRowOfNoStepIsStillAnError() {
        var f = function(inputs(W, h0, xs), states().get(-1));
        assertThatThrownBy(() -> f.call(numbers(3, 3), numbers(3), numbers(0, 3))).isInstanceOf(IndexError.class);
    }

    @Test void aLoopThatEndsEarlyKeepsTheLastItMade() {
        for (var step : List.of(true, false)) {
            var loop = scan();
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(step ? h.previous().plus(x.sqr()) : solve(W, h.previous()).plus(x.sqr()));
            loop.until(sum(h.previous()).gt(1.2));
            same(List.of(h.last(), loop.steps()), 9);
        }
    }

    @Test void aStateThatRemembersSeveralStepsKeepsItsLast() {
        var loop = scan();
        var x = loop.over(xs);
        var h = loop.state(concatenate(List.of(h0.reshape(1, -1), h0.times(2).reshape(1, -1)), 0), 2);
        h.next(h.previous(1).plus(h.previous(2).times(x)));
        for (int n : new int[] {0, 1, 5}) same(List.of(h.last()), n);
        assertThat(cost(h.last(), 4000).peakBytes()).isEqualTo(cost(h.last(), 1000).peakBytes());
    }

    @Test void aGradientGoingBackKeepsOnlyWhatItStillOwes() {
        var gradient = grad(sum(states().get(-1)), h0);
        same(List.of(gradient), 6);
        var loop = cost(gradient, 1000).steps().stream().filter(step -> step.kind() == Cost.Kind.LOOP).toList().getLast();
        assertThat(loop.work().bytesWritten()).isEqualTo(8 * 8);
    }

    @Test void otherStatesOfTheLoopStayAsTheyAre() {
        var loop = scan(xs, List.of(h0, h0), (x, s) -> List.of(tanh(s.get(0).plus(x)), s.get(1).times(s.get(0)).minus(x)));
        same(outputs(loop.get(0).get(-1), loop.get(1)), 4);
    }

    @Test void aKnownNumberOfStepsIsMadeOnce() {
        var few = dmatrix("xs", 3, 8);
        var loop = scan(few, List.of(h0, h0), (x, s) -> List.of(tanh(s.get(0).plus(x)), tanh(dot(W, s.get(1)))));
        var cost = function(inputs(W, h0, few), outputs(loop.get(0), loop.get(1).get(-1))).cost(Shape.of(8, 8), Shape.of(8), Shape.of(3, 8));
        assertThat(cost.steps().stream().filter(step -> step.kind() == Cost.Kind.LOOP)).hasSize(1);
    }

    @Test void ofAKnownNumberOfStepsTheLastIsKeptToo() {
        for (int n : new int[] {1, 40}) {
            var rows = dmatrix("xs", n, 8);
            var last = scan(rows, h0, (x, h) -> tanh(dot(W, h).plus(x))).get(-1);
            assertThat(function(inputs(W, h0, rows), last).cost(Shape.of(8, 8), Shape.of(8), Shape.of(n, 8)).peakBytes())
                .isEqualTo(cost(states().get(-1), 1000).peakBytes());
        }
    }

    @Test void aStateThatOnlyStepsReadKeepsNoHistory() {
        for (var step : List.of(true, false)) {
            var loop = scan();
            var x = loop.over(xs);
            var h = loop.state(h0);
            var way = loop.state(h0);
            h.next(h.previous().plus(way.previous()));
            way.next(step ? tanh(dot(W, way.previous()).plus(x)) : solve(W, way.previous()).plus(x));
            loop.until(sum(sqr(h.previous())).gt(40.0));
            for (int n : new int[] {0, 1, 6}) same(List.of(h.last(), loop.steps()), n);
            assertThat(cost(h.last(), 4000).peakBytes()).isEqualTo(cost(h.last(), 1000).peakBytes());
        }
    }
}

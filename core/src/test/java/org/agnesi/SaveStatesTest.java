package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.SavedLoops.ALL;
import static org.agnesi.SavedLoops.ROW;
import static org.agnesi.SavedLoops.W;
import static org.agnesi.SavedLoops.growth;
import static org.agnesi.SavedLoops.h0;
import static org.agnesi.SavedLoops.numbers;
import static org.agnesi.SavedLoops.xs;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dtensor3;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.BudgetError;
import org.agnesi.error.LoopError;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class SaveStatesTest {
    private static final List<Consumer<Loop>> SOME = List.of(loop -> loop.saveEvery(1), loop -> loop.saveEvery(3),
        loop -> loop.saveWithin(30_000));
    private static final List<Mode> MODES = List.of(Mode.DEFAULT, Mode.STRICT, Mode.FINITE, Mode.REFERENCE);

    private Loop net(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        return loop;
    }

    private Expr last(Consumer<Loop> saving) {
        var loop = net(saving);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        return h.last();
    }

    private static double[] doubles(NDArray x) {
        var all = new double[x.size()];
        for (int i = 0; i < all.length; i++) all[i] = x.doubleAt(i);
        return all;
    }

    /// The gradients of a sum of squares are those of the loop that stores all its states: by sequences and initial values with
    /// the same bits in STRICT.
    private void same(Function<Consumer<Loop>, Expr> formula, int... steps) {
        for (var mode : MODES) {
            var whole = gradients(formula, ALL, mode);
            for (int s = 0; s < SOME.size(); s++) {
                var saved = gradients(formula, SOME.get(s), mode);
                if (mode != Mode.REFERENCE) assertThat(saved.kernels()).as("gone through again").contains("replay");
                for (int n : steps) same("%s, %d steps, saving %d".formatted(mode, n, s), mode == Mode.STRICT, whole, saved, n);
            }
        }
    }

    private static void same(String name, boolean bits, Compiled whole, Compiled saved, int n) {
        var args = new Object[] {numbers(3, 3), numbers(3), numbers(n, 3)};
        var expected = whole.callAll(args).stream().map(NDArray.class::cast).toList();
        var found = saved.callAll(args).stream().map(NDArray.class::cast).toList();
        assertThat(expected).as(name).allSatisfy(all -> assertThat(doubles(all)).doesNotContain(Double.NaN));
        for (int k = 0; k < found.size(); k++)
            if (bits && k != 1) assertThat(found.get(k)).as(name).isEqualTo(expected.get(k));
            else assertThat(doubles(found.get(k))).as(name).containsExactly(doubles(expected.get(k)), within(1e-13));
    }

    /// The value and its gradients by what all steps share, by the initial value, by the sequence.
    private Compiled gradients(Function<Consumer<Loop>, Expr> formula, Consumer<Loop> saving, Mode mode) {
        var cost = sum(sqr(formula.apply(saving)));
        return function().inputs(W, h0, xs).outputs(outputs(cost, grad(cost, List.of(W, h0, xs)))).mode(mode).compile();
    }

    @Test void theGradientIsTheSame() { same(this::last, 0, 1, 2, 3, 7, 10); }

    @Test void whereEveryStateHasACotangentToo() {
        same(saving -> {
            var loop = net(saving);
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(tanh(dot(W, h.previous()).times(x)));
            var seen = loop.collect(h.previous().times(x));
            return h.all().plus(seen.all());
        }, 0, 1, 5, 8);
    }

    @Test void withNeighboursAndStatesOfSeveralSteps() {
        same(saving -> {
            var loop = net(saving);
            var before = loop.over(xs, -1);
            var after = loop.over(xs, 1);
            var h = loop.state(concatenate(List.of(h0.reshape(1, -1), h0.times(2).reshape(1, -1)), 0), 2);
            var c = loop.state(h0);
            h.next(tanh(dot(W, h.previous(2)).plus(before.times(h.previous(1)))));
            c.next(c.previous().times(0.5).plus(h.previous(1).times(after)));
            return h.last().plus(c.last());
        }, 2, 3, 6, 9);
    }

    @Test void withAStateThatNoStepReads() {
        same(saving -> {
            var loop = net(saving);
            var x = loop.over(xs);
            var h = loop.state(h0);
            var c = loop.state(h0);
            h.next(tanh(dot(W, h.previous()).plus(x)));
            c.next(h.previous().times(x));
            return h.last().plus(c.last());
        }, 0, 1, 4, 7);
    }

    @Test void withChoicesWhoseOtherSideIsNotANumber() {
        same(saving -> {
            var loop = net(saving);
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(where(x.gt(0), x.sqrt().plus(h.previous()), tanh(dot(W, h.previous()))).times(0.5));
            return where(h.last().gt(-10), h.last(), h.last().times(W.get(0)));
        }, 1, 4);
    }

    @Test void untilACondition() {
        same(saving -> {
            var loop = net(saving);
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(h.previous().times(0.9).plus(dot(W, x).abs()));
            loop.until(sum(h.previous()).gt(3));
            return h.last();
        }, 1, 4, 12);
    }

    @Test void fromTheEnd() {
        same(saving -> {
            var loop = net(saving).backwards();
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(tanh(dot(W, h.previous()).plus(x)));
            return h.last();
        }, 1, 5);
    }

    @Test void insideALoop() {
        same(saving -> {
            var outer = net(saving);
            var row = outer.over(xs);
            var h = outer.state(h0);
            var inner = net(saving);
            var x = inner.over(row);
            var s = inner.state(h.previous());
            s.next(tanh(dot(W, s.previous()).plus(x)));
            h.next(s.last());
            return h.last();
        }, 1, 4);
    }

    @Test void everyBudgetGivesTheSameBits() {
        Function<Consumer<Loop>, Compiled> gradient = saving -> {
            var loop = net(saving);
            var x = loop.over(xs);
            var h = loop.state(h0);
            h.next(tanh(h.previous().times(1.5).plus(x)));
            return function().inputs(h0, xs).outputs(grad(sum(h.last()), List.of(h0, xs))).mode(Mode.STRICT).compile();
        };
        var whole = gradient.apply(ALL);
        for (int bytes = 704; bytes < 3000; bytes += 197) {
            long allowed = bytes;
            var saved = gradient.apply(loop -> loop.saveWithin(allowed));
            for (int n : new int[] {0, 1, 2, 23, 50})
                assertThat(saved.callAll(numbers(3), numbers(n, 3))).as("%d steps, %d bytes", n, bytes)
                    .isEqualTo(whole.callAll(numbers(3), numbers(n, 3)));
        }
    }

    // memory and work

    private Cost gradient(Consumer<Loop> saving, int n) {
        var cost = sum(sqr(last(saving)));
        return function(inputs(W, h0, xs), grad(cost, List.of(W, h0))).cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32));
    }

    @Test void withoutSavingMemoryGrowsByAllStates() {
        assertThat(growth(n -> gradient(ALL, n))).isGreaterThanOrEqualTo(4 * 3000 * ROW);
    }

    @Test void everySoManyStepsMemoryGrowsByTheStatesStored() {
        Consumer<Loop> every = loop -> loop.saveEvery(50);
        assertThat(growth(n -> gradient(every, n))).isEqualTo(3000 / 50 * ROW);
        assertThat(gradient(every, 4000).peakBytes()).isLessThan(gradient(ALL, 4000).peakBytes() / 10);
    }

    @Test void theStepsAreMadeTwiceMore() {
        var forward = function(inputs(W, h0, xs), last(ALL)).cost(Shape.of(32, 32), Shape.of(32), Shape.of(4000, 32)).flops();
        assertThat(gradient(loop -> loop.saveEvery(50), 4000).flops()).isLessThan(gradient(ALL, 4000).flops() + 21 * forward / 10);
    }

    @Test void whatABudgetAllowsIsNotExceeded() {
        long least = least(1000);
        var before = Long.MAX_VALUE;
        for (long bytes = least; bytes < 40 * least; bytes *= 2) {
            long allowed = bytes;
            var cost = gradient(loop -> loop.saveWithin(allowed), 1000);
            assertThat(replay(cost)).isLessThanOrEqualTo(allowed);
            assertThat(cost.flops()).isLessThanOrEqualTo(before);
            before = cost.flops();
        }
    }

    /// What the loop's gradient holds: all but what is there for the rest.
    private long replay(Cost cost) { return cost.peakBytes() - gradient(_ -> { }, 0).peakBytes(); }

    private long least(int n) {
        try {
            gradient(loop -> loop.saveWithin(1), n);
            throw new AssertionError("one byte was enough");
        } catch (BudgetError e) {
            return Long.parseLong(e.getMessage().replaceAll("(?s).*saveWithin\\((\\d+)\\).*", "$1"));
        }
    }

    @Test void fourTimesTheStepsFitIntoTheSameBytes() {
        Consumer<Loop> within = loop -> loop.saveWithin(100_000);
        assertThat(replay(gradient(within, 4000))).isLessThanOrEqualTo(100_000);
        assertThat(gradient(within, 4000).flops()).isLessThan(5 * gradient(within, 1000).flops());
        assertThat(gradient(ALL, 1000).peakBytes()).isGreaterThan(1_000_000);
    }

    @Test void aBatchSavesMemoryToo() {
        var batch = dtensor3("batch");
        var cost = vectorize(sum(sqr(last(loop -> loop.saveEvery(50)))), Map.of(xs, batch));
        var all = vectorize(sum(sqr(last(ALL))), Map.of(xs, batch));
        var saved = function(inputs(W, h0, batch), grad(sum(cost), W)).cost(Shape.of(8, 8), Shape.of(8), Shape.of(4, 1000, 8));
        var whole = function(inputs(W, h0, batch), grad(sum(all), W)).cost(Shape.of(8, 8), Shape.of(8), Shape.of(4, 1000, 8));
        long states = 1000 * 4 * 8 * 8;   // the sequence, turned so that the steps come first, is there in both
        assertThat(saved.peakBytes()).isLessThan(whole.peakBytes() - 2 * states);
    }

    @Test void gradientsOfExamplesInABatchAreThose() {
        var batch = dtensor3("batch");
        for (var saving : List.of(SOME.get(1), SOME.get(2))) {
            var rows = new ArrayList<NDArray>();
            for (var how : List.of(ALL, saving))
                rows.add(function(inputs(W, h0, batch), vectorize(grad(sum(sqr(last(how))), W), Map.of(xs, batch)))
                    .call(numbers(3, 3), numbers(3), numbers(2, 7, 3)));
            assertThat(doubles(rows.get(1))).containsExactly(doubles(rows.get(0)), within(1e-13));
        }
    }

    @Test void secondDerivativesAreTheSame() {
        for (var saving : SOME) {
            var rows = new ArrayList<NDArray>();
            for (var how : List.of(ALL, saving)) {
                var cost = sum(sqr(last(how)));
                rows.add(function(inputs(W, h0, xs), hessian(cost, h0)).call(numbers(3, 3), numbers(3), numbers(7, 3)));
            }
            assertThat(doubles(rows.get(1))).containsExactly(doubles(rows.get(0)), within(1e-13));
        }
    }

    // errors

    @Test void aBudgetTooSmallSaysTheLeastThatWorks() {
        var n = lscalar("n");
        var loop = scan().steps(n).saveWithin(100);
        var h = loop.state(h0);
        h.next(tanh(h.previous().times(1.5)));
        var f = function(inputs(h0, n), grad(sum(h.last()), h0));
        assertThatThrownBy(() -> f.call(numbers(8), 1000)).isInstanceOf(BudgetError.class).hasMessageContaining("""
            the gradient of a loop from h0 over 1000 steps needs at least 704 bytes beside its arguments and results, but may hold 100
            Allow as many: saveWithin(704).""");
        assertThatThrownBy(() -> f.cost(Shape.of(8), 1000)).isInstanceOf(BudgetError.class).hasMessageContaining("at least 704 bytes");
    }

    @Test void theLeastWorks() {
        assertThatThrownBy(() -> thousandSteps(loop -> loop.saveWithin(703))).isInstanceOf(BudgetError.class);
        assertThat(thousandSteps(loop -> loop.saveWithin(704))).isEqualTo(thousandSteps(ALL));
    }

    private NDArray thousandSteps(Consumer<Loop> saving) {
        var loop = net(saving).steps(1000);
        var h = loop.state(h0);
        h.next(tanh(h.previous().times(1.5)));
        return function(inputs(h0), grad(sum(h.last()), h0)).call(numbers(8));
    }

    @Test void nothingIsStoredEveryZeroStepsOrInNoBytes() {
        assertThatThrownBy(() -> scan().saveEvery(0)).isInstanceOf(LoopError.class).hasMessageContaining("""
            saveEvery needs a number of steps of 1 or more, but got 0
            Leave it out to store every state.""");
        assertThatThrownBy(() -> scan().saveWithin(0)).isInstanceOf(LoopError.class).hasMessageContaining("""
            saveWithin needs a number of bytes of 1 or more, but got 0
            Leave it out to store every state.""");
    }
}

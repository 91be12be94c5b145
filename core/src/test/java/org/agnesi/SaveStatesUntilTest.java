package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.SavedLoops.ALL;
import static org.agnesi.SavedLoops.ROW;
import static org.agnesi.SavedLoops.V;
import static org.agnesi.SavedLoops.W;
import static org.agnesi.SavedLoops.growth;
import static org.agnesi.SavedLoops.h0;
import static org.agnesi.SavedLoops.moved;
import static org.agnesi.SavedLoops.numbers;
import static org.agnesi.SavedLoops.xs;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Derivatives of all orders of loops that store few states and may end early.
class SaveStatesUntilTest {

    /// Ends after six steps.
    private Expr net(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(h0);
        var t = loop.state(0.0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        t.next(t.previous().plus(1));
        loop.until(t.previous().ge(5));
        var seen = loop.collect(h.previous().times(x));
        return sum(sqr(h.last())).plus(sum(seen.all()));
    }

    private Expr slope(Expr y) { return grad(sum(y.times(V)), W); }

    private double[] at(Expr y, NDArray w) {
        return function(inputs(W, h0, xs, V), y).call(w, numbers(3), numbers(9, 3), numbers(3, 3)).toDoubleArray();
    }

    @Test void allOrdersAreThoseOfTheLoopThatStoresAll() {
        for (var saving : List.<Consumer<Loop>>of(loop -> loop.saveEvery(2), loop -> loop.saveWithin(80_000))) {
            Expr saved = grad(net(saving), W), whole = grad(net(ALL), W);
            for (int order = 1; order <= 3; order++, saved = slope(saved), whole = slope(whole))
                assertThat(at(saved, numbers(3, 3))).as("order %d", order).containsExactly(at(whole, numbers(3, 3)), within(1e-11));
            assertThat(at(rop(grad(net(saving), W), W, V), numbers(3, 3)))
                .containsExactly(at(rop(grad(net(ALL), W), W, V), numbers(3, 3)), within(1e-12));
        }
    }

    @Test void eachOrderIsTheSlopeOfTheOneBefore() {
        var once = grad(net(loop -> loop.saveEvery(2)), W);
        isSlope(once);
        isSlope(slope(once));
    }

    /// A derivative along each entry of W of a loop that chooses at its steps, too.
    @Test void theThirdDerivativeOfALoopThatChoosesIsASlope() {
        var loop = scan().saveEvery(2);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(where(x.gt(0), tanh(dot(W, h.previous()).plus(x)), h.previous().times(0.9)));
        isSlope(slope(grad(sum(sqr(h.last())), W)));
    }

    private void isSlope(Expr y) {
        var value = sum(y.times(V));
        var found = at(grad(value, W), numbers(3, 3));
        for (int i = 0; i < found.length; i++)
            assertThat(found[i]).isCloseTo((at(value, moved(i, 1e-5, 3, 3))[0] - at(value, moved(i, -1e-5, 3, 3))[0]) / 2e-5, within(1e-6));
    }

    // memory

    private Expr untilLarge(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        loop.until(sum(h.previous()).gt(1000));
        return sum(sqr(h.last()));
    }

    private IntFunction<Cost> by(Expr y) {
        var f = function(inputs(W, h0, xs, V), y);
        return n -> f.cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32), Shape.of(32, 32));
    }

    /// As many as it may make.
    @Test void costCountsAllItsSteps() {
        var cost = by(grad(untilLarge(loop -> loop.saveEvery(50)), W));
        assertThat(cost.apply(1000).unknown()).isEmpty();
        assertThat(growth(cost)).isEqualTo(3000 / 50 * ROW);
        assertThat(growth(by(grad(untilLarge(ALL), W)))).isGreaterThan(3 * 3000 * ROW);
    }

    @Test void fewStatesAreStoredForAllOrders() {
        var gradient = grad(untilLarge(loop -> loop.saveEvery(50)), W);
        assertThat(growth(by(slope(gradient)))).isEqualTo(2 * 3000 / 50 * ROW);
        assertThat(growth(by(slope(slope(gradient))))).isEqualTo(4 * 3000 / 50 * ROW);
        assertThat(growth(by(slope(grad(untilLarge(ALL), W))))).isGreaterThan(8 * 3000 * ROW);
    }

    /// Beside what the loop forwards holds, which tells how many steps there are: some matrices at a step.
    @Test void aBudgetHoldsForAllOrders() {
        var gradient = grad(untilLarge(loop -> loop.saveWithin(600_000)), W);
        for (var y : List.of(gradient, slope(gradient), slope(slope(gradient)))) {
            var cost = by(y);
            long rest = cost.apply(0).peakBytes() + 5 * 32 * ROW;
            for (int n : new int[] {1000, 4000, 64_000}) assertThat(cost.apply(n).peakBytes() - rest).isLessThanOrEqualTo(600_000);
        }
    }
}

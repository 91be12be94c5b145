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
import static org.agnesi.SavedLoops.h0;
import static org.agnesi.SavedLoops.moved;
import static org.agnesi.SavedLoops.numbers;
import static org.agnesi.SavedLoops.xs;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Loops that store few states and whose steps are branches: what comes to a matrix that one side multiplies by has its sizes on both.
class SaveStatesBranchTest {
    private static final Consumer<Loop> SOME = loop -> loop.saveEvery(50);

    private Expr net(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(ifElse(sum(x).gt(0), tanh(dot(W, h.previous()).plus(x)), h.previous().times(0.9).plus(x)));
        return sum(sqr(h.last()));
    }

    private double[] at(Expr y) {
        return function(inputs(W, h0, xs, V), y).call(numbers(3, 3), numbers(3), numbers(7, 3), numbers(3, 3)).toDoubleArray();
    }

    @Test void gradientsAndProductsAreThoseOfTheLoopThatStoresAll() {
        var saved = net(loop -> loop.saveEvery(2));
        var whole = net(ALL);
        assertThat(at(grad(saved, W))).containsExactly(at(grad(whole, W)), within(1e-13));
        assertThat(at(grad(saved, xs))).containsExactly(at(grad(whole, xs)), within(1e-13));
        assertThat(at(rop(grad(saved, W), W, V))).containsExactly(at(rop(grad(whole, W), W, V)), within(1e-12));
    }

    @Test void theGradientIsTheSlope() {
        var cost = net(loop -> loop.saveEvery(2));
        var f = function(inputs(W, h0, xs), cost);
        var found = at(grad(cost, W));
        for (int i = 0; i < found.length; i++) {
            double up = f.call(moved(i, 1e-5, 3, 3), numbers(3), numbers(7, 3)).toDouble();
            double down = f.call(moved(i, -1e-5, 3, 3), numbers(3), numbers(7, 3)).toDouble();
            assertThat(found[i]).isCloseTo((up - down) / 2e-5, within(1e-8));
        }
    }

    private long growth(Expr y) {
        var f = function(inputs(W, h0, xs, V), y);
        IntFunction<Cost> cost = n -> f.cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32), Shape.of(32, 32));
        return SavedLoops.growth(cost);
    }

    /// Beside them the conditions of all steps.
    @Test void memoryGrowsByTheStatesStored() {
        assertThat(growth(grad(net(SOME), W))).isBetween(3000 / 50 * ROW, 3000 / 50 * ROW + 3000);
        assertThat(growth(rop(grad(net(SOME), W), W, V))).isBetween(2 * 3000 / 50 * ROW, 2 * 3000 / 50 * ROW + 2 * 3000);
        assertThat(growth(grad(net(ALL), W))).isGreaterThan(4 * 3000 * ROW);
    }

    // the gradient of a gradient

    /// Whose other sides are no numbers: those below are roots of numbers below zero.
    private Expr chosen(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(where(x.gt(0), x.sqrt().plus(h.previous()), tanh(dot(W, h.previous()).plus(x))).times(0.5));
        return sum(sqr(h.last()));
    }

    private Expr slope(Expr cost) { return grad(sum(grad(cost, W).times(V)), W); }

    private List<Function<Consumer<Loop>, Expr>> costs() { return List.of(this::net, this::chosen); }

    @Test void secondAndThirdGradientsAreThoseOfTheLoopThatStoresAll() {
        for (var cost : costs())
            for (var saving : List.<Consumer<Loop>>of(loop -> loop.saveEvery(2), loop -> loop.saveWithin(80_000))) {
                Expr saved = cost.apply(saving), whole = cost.apply(ALL);
                assertThat(at(slope(saved))).doesNotContain(Double.NaN).containsExactly(at(slope(whole)), within(1e-12));
                assertThat(at(grad(sum(sqr(grad(saved, xs))), xs))).doesNotContain(Double.NaN)
                    .containsExactly(at(grad(sum(sqr(grad(whole, xs))), xs)), within(1e-12));
                assertThat(at(grad(sum(slope(saved).times(V)), W))).containsExactly(at(grad(sum(slope(whole).times(V)), W)), within(1e-11));
            }
    }

    @Test void theSecondGradientIsTheSlopeOfTheFirst() {
        for (var cost : costs()) {
            var value = sum(grad(cost.apply(loop -> loop.saveEvery(2)), W).times(V));
            var f = function(inputs(W, h0, xs, V), value);
            var found = at(grad(value, W));
            for (int i = 0; i < found.length; i++) {
                double up = f.call(moved(i, 1e-5, 3, 3), numbers(3), numbers(7, 3), numbers(3, 3)).toDouble();
                double down = f.call(moved(i, -1e-5, 3, 3), numbers(3), numbers(7, 3), numbers(3, 3)).toDouble();
                assertThat(found[i]).isCloseTo((up - down) / 2e-5, within(1e-7));
            }
        }
    }

    /// Beside the states and their tangents the conditions of all steps: one each, or one for each unit.
    @Test void theGradientOfAGradientStoresFewStatesToo() {
        assertThat(growth(slope(net(SOME)))).isBetween(2 * 3000 / 50 * ROW, 2 * 3000 / 50 * ROW + 2 * 3000);
        assertThat(growth(slope(chosen(SOME)))).isLessThanOrEqualTo(2 * 3000 / 50 * ROW + 32 * 3000);
        for (var cost : costs()) assertThat(growth(slope(cost.apply(ALL)))).isGreaterThan(8 * 3000 * ROW);
    }
}

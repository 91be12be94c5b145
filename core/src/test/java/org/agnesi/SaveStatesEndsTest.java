package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
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
import static org.agnesi.SavedLoops.v;
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
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Loops that store few states, by where they start, and where what is read of their end is chosen, or they end early.
class SaveStatesEndsTest {
    private static final Consumer<Loop> SOME = loop -> loop.saveEvery(50);

    private final List<Function<Consumer<Loop>, Expr>> costs = List.of(this::plain, this::chosen, this::branched, this::until);

    private Expr last(Consumer<Loop> saving, boolean until) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        if (until) loop.until(sum(h.previous()).gt(1000));
        return h.last();
    }

    private Expr plain(Consumer<Loop> saving) { return sum(sqr(last(saving, false))); }

    private Expr until(Consumer<Loop> saving) { return sum(sqr(last(saving, true))); }

    /// The root is no number where it is not chosen.
    private Expr chosen(Consumer<Loop> saving) {
        var h = last(saving, false);
        return sum(where(h.gt(0), h.sqrt(), sqr(h)));
    }

    private Expr branched(Consumer<Loop> saving) {
        var h = last(saving, false);
        return sum(ifElse(sum(h).gt(0), sqr(h), h.times(h).times(h)));
    }

    private double[] at(Expr y, int n, NDArray start) {
        return function(inputs(W, h0, xs, V, v), y).call(numbers(3, 3), start, numbers(n, 3), numbers(3, 3), numbers(3)).toDoubleArray();
    }

    private Expr byStart(Expr cost) { return grad(sum(grad(cost, h0).times(v)), h0); }

    private Expr byWeights(Expr cost) { return grad(sum(grad(cost, W).times(V)), W); }

    private List<Expr> seconds(Expr cost) {
        return List.of(rop(grad(cost, W), W, V), rop(grad(cost, h0), h0, v), dot(hessian(cost, h0), v), byStart(cost), byWeights(cost));
    }

    @Test void secondDerivativesAreThoseOfTheLoopThatStoresAll() {
        for (int k = 0; k < costs.size(); k++)
            for (var saving : List.<Consumer<Loop>>of(loop -> loop.saveEvery(2), loop -> loop.saveWithin(80_000))) {
                var saved = seconds(costs.get(k).apply(saving));
                var whole = seconds(costs.get(k).apply(ALL));
                for (int d = 0; d < saved.size(); d++) for (int n : new int[] {1, 7})
                    assertThat(at(saved.get(d), n, numbers(3))).as("cost %d, derivative %d, %d steps", k, d, n).doesNotContain(Double.NaN)
                        .containsExactly(at(whole.get(d), n, numbers(3)), within(1e-12));
            }
    }

    /// The value before the first step is the last.
    @Test void withoutAnyStepTheyAreThoseOfTheStart() {
        for (var cost : costs) {
            var saved = cost.apply(loop -> loop.saveEvery(2));
            assertThat(at(byStart(saved), 0, numbers(3))).containsExactly(at(byStart(cost.apply(ALL)), 0, numbers(3)), within(1e-12));
        }
    }

    @Test void theyAreSlopesOfTheFirst() {
        for (var cost : costs) {
            var slope = sum(grad(cost.apply(loop -> loop.saveEvery(2)), h0).times(v));
            var found = at(grad(slope, h0), 5, numbers(3));
            for (int i = 0; i < found.length; i++)
                assertThat(found[i]).isCloseTo((at(slope, 5, moved(i, 1e-5, 3))[0] - at(slope, 5, moved(i, -1e-5, 3))[0]) / 2e-5, within(1e-7));
        }
    }

    private long growth(Expr y) {
        var f = function(inputs(W, h0, xs, V, v), y);
        IntFunction<Cost> cost = n -> f.cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32), Shape.of(32, 32), Shape.of(32));
        return SavedLoops.growth(cost);
    }

    @Test void memoryGrowsByTheStatesStoredAndTheirTangents() {
        for (int k = 0; k < costs.size(); k++) {
            var saved = seconds(costs.get(k).apply(SOME));
            for (int d = 0; d < saved.size(); d++)
                assertThat(growth(saved.get(d))).as("cost %d, derivative %d", k, d).isLessThanOrEqualTo(2 * 3000 / 50 * ROW);
            assertThat(growth(byStart(costs.get(k).apply(ALL)))).isGreaterThan(4 * 3000 * ROW);
        }
    }
}

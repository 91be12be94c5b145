package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.SavedLoops.ALL;
import static org.agnesi.SavedLoops.ROW;
import static org.agnesi.SavedLoops.V;
import static org.agnesi.SavedLoops.W;
import static org.agnesi.SavedLoops.growth;
import static org.agnesi.SavedLoops.h0;
import static org.agnesi.SavedLoops.numbers;
import static org.agnesi.SavedLoops.v;
import static org.agnesi.SavedLoops.xs;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.BudgetError;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Second derivatives of loops that store few states: products with the Hessian store as few.
class SaveStatesAgainTest {
    private static final List<Consumer<Loop>> SOME = List.of(loop -> loop.saveEvery(1), loop -> loop.saveEvery(3),
        loop -> loop.saveWithin(60_000));

    private static Loop loop(Consumer<Loop> saving) {
        var loop = scan();
        saving.accept(loop);
        return loop;
    }

    private Expr net(Consumer<Loop> saving) {
        var loop = loop(saving);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        return sum(sqr(h.last()));
    }

    private Expr collecting(Consumer<Loop> saving) {
        var loop = loop(saving);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).times(x)));
        var seen = loop.collect(h.previous().times(x));
        return sum(sqr(h.all().plus(seen.all())));
    }

    /// Two states that start alike and go on differently.
    private Expr remembering(Consumer<Loop> saving) {
        var loop = loop(saving);
        var x = loop.over(xs);
        var h = loop.state(concatenate(List.of(h0.reshape(1, -1), h0.times(2).reshape(1, -1)), 0), 2);
        var c = loop.state(h0);
        var d = loop.state(h0);
        h.next(tanh(dot(W, h.previous(2)).plus(x.times(h.previous(1)))));
        c.next(c.previous().times(0.5).plus(sqr(h.previous(1))));
        d.next(tanh(d.previous().times(c.previous())));
        return sum(sqr(h.last().plus(c.last()).times(d.last())));
    }

    private Expr choosing(Consumer<Loop> saving) {
        var loop = loop(saving);
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(where(x.gt(0), x.sqrt().plus(h.previous()), tanh(dot(W, h.previous()))).times(0.5));
        return sum(sqr(h.last()));
    }

    /// Products by what all steps share, by the initial value, and by both mixed.
    private Compiled products(Expr cost, Mode mode) {
        return function().inputs(W, h0, xs, V, v).outputs(outputs(rop(grad(cost, W), W, V),
            List.of(rop(grad(cost, h0), h0, v), rop(grad(cost, xs), h0, v), dot(hessian(cost, h0), v)))).mode(mode).compile();
    }

    private static List<NDArray> values(Compiled f, int n) {
        return f.callAll(numbers(3, 3), numbers(3), numbers(n, 3), numbers(3, 3), numbers(3)).stream().map(NDArray.class::cast).toList();
    }

    @Test void productsAreThoseOfTheLoopThatStoresAll() { same("net", this::net, Mode.DEFAULT, SOME.subList(0, 1)); }

    @Test void withStatesThatAreSeenAsWell() { same("collecting", this::collecting, Mode.DEFAULT, SOME.subList(1, 2)); }

    @Test void withStatesThatStartAlike() {
        same("remembering", this::remembering, Mode.DEFAULT, SOME.subList(1, 2));
        same("remembering", this::remembering, Mode.STRICT, SOME.subList(2, 3));
    }

    @Test void withChoicesWhoseOtherSideIsNotANumber() { same("choosing", this::choosing, Mode.DEFAULT, SOME.subList(2, 3)); }

    private void same(String name, Function<Consumer<Loop>, Expr> cost, Mode mode, List<Consumer<Loop>> savings) {
        var whole = products(cost.apply(ALL), mode);
        for (var saving : savings) {
            var saved = products(cost.apply(saving), mode);
            assertThat(saved.kernels()).as(name).contains("replay");
            for (int n : new int[] {2, 7}) {
                var expected = values(whole, n);
                var found = values(saved, n);
                for (int k = 0; k < found.size(); k++) {
                    assertThat(expected.get(k).toDoubleArray()).as("%s, %s", name, mode).doesNotContain(Double.NaN);
                    assertThat(found.get(k).toDoubleArray()).as("%s, %s, %d steps, product %d", name, mode, n, k)
                        .containsExactly(expected.get(k).toDoubleArray(), within(1e-12));
                }
            }
        }
    }

    /// Central differences of the gradient, along W itself, which is the direction.
    @Test void productsAreDifferencesOfTheGradient() {
        double h = 1e-5;
        var cost = remembering(SOME.get(1));
        var gradient = function(inputs(W, h0, xs), grad(cost, W));
        var product = values(products(cost, Mode.DEFAULT), 5).getFirst().toDoubleArray();
        var sides = Stream.of(1 + h, 1 - h).map(t -> gradient.call(NDArray.generateDoubles(DType.FLOAT64, Shape.of(3, 3),
            i -> t * Math.sin(i + 1) / 2), numbers(3), numbers(5, 3)).toDoubleArray()).toList();
        for (int i = 0; i < product.length; i++)
            assertThat(product[i]).isCloseTo((sides.get(0)[i] - sides.get(1)[i]) / (2 * h), within(1e-7));
    }

    // memory and work

    /// A product's cost by the number of steps.
    private IntFunction<Cost> product(Consumer<Loop> saving) {
        var f = function(inputs(W, h0, xs, V), rop(grad(net(saving), W), W, V));
        return n -> f.cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32), Shape.of(32, 32));
    }

    @Test void memoryGrowsByTheStatesStoredAndTheirTangents() {
        assertThat(growth(product(loop -> loop.saveEvery(50)))).isEqualTo(2 * 3000 / 50 * ROW);
        assertThat(growth(product(ALL))).isGreaterThan(8 * 3000 * ROW);
    }

    /// Beside the state that the way back starts from, and its tangent.
    @Test void aBudgetHoldsForProductsToo() {
        var cost = product(loop -> loop.saveWithin(200_000));
        long rest = cost.apply(0).peakBytes() + 2 * ROW;
        for (int n : new int[] {1000, 4000, 16_000}) assertThat(cost.apply(n).peakBytes() - rest).isLessThanOrEqualTo(200_000);
        assertThatThrownBy(() -> product(loop -> loop.saveWithin(1000)).apply(1000)).isInstanceOf(BudgetError.class)
            .hasMessageContaining("the gradient of a loop from h0 over 1000 steps needs at least")
            .hasMessageContaining("bytes beside its arguments and results, but may hold 1,000");
    }

    /// States and their tangents are carried by one loop, forwards and when it is made again: counted in loops of the states alone, beside
    /// one sum of two matrices.
    @Test void statesAreCarriedOnceWithTheirTangents() {
        long once = function(inputs(W, h0, xs), net(ALL)).cost(Shape.of(32, 32), Shape.of(32), Shape.of(4000, 32)).flops();
        assertThat(product(ALL).apply(4000).flops()).isLessThan(10 * once + 32 * 32);
        assertThat(product(loop -> loop.saveEvery(50)).apply(4000).flops()).isLessThan(16 * once);
    }

    // the gradient of a gradient

    private Expr twice(Expr cost) { return grad(sum(grad(cost, W).times(V)), W); }

    private IntFunction<Cost> second(Consumer<Loop> saving) {
        var f = function(inputs(W, h0, xs, V), twice(net(saving)));
        return n -> f.cost(Shape.of(32, 32), Shape.of(32), Shape.of(n, 32), Shape.of(32, 32));
    }

    @Test void theGradientOfAGradientStoresFewStatesToo() {
        assertThat(growth(second(loop -> loop.saveEvery(50)))).isLessThanOrEqualTo(2 * 3000 / 50 * ROW);
        assertThat(second(loop -> loop.saveEvery(50)).apply(4000).peakBytes()).isLessThan(1_000_000);
        assertThat(growth(second(ALL))).isGreaterThan(8 * 3000 * ROW);
    }

    @Test void withinABudgetTheGradientOfAGradientDoesNotGrow() {
        var cost = second(loop -> loop.saveWithin(300_000));
        for (int n : new int[] {1000, 4000, 16_000}) assertThat(cost.apply(n).peakBytes()).isLessThan(600_000);
    }

    /// Central differences of the gradient along each entry of W, and those of the second derivative for the third.
    @Test void gradientsOfGradientsAreDifferences() {
        for (var saving : List.<Consumer<Loop>>of(loop -> loop.saveEvery(2), loop -> loop.saveWithin(80_000)))
            for (var cost : List.of(net(saving), collecting(saving), remembering(saving))) {
                var once = grad(sum(grad(cost, W).times(V)), W);
                isSlope(sum(grad(cost, W).times(V)), once);
                isSlope(sum(once.times(V)), grad(sum(once.times(V)), W));
            }
    }

    private void isSlope(Expr value, Expr gradient) {
        var at = NDArray.generateDoubles(DType.FLOAT64, Shape.of(3, 3), i -> Math.sin(i + 1) / 2).toDoubleArray();
        var f = function(inputs(W, h0, xs, V), value);
        var found = function(inputs(W, h0, xs, V), gradient).call(matrix(at, -1, 0), numbers(3), numbers(5, 3), numbers(3, 3)).toDoubleArray();
        for (int i = 0; i < at.length; i++) {
            double up = f.call(matrix(at, i, 1e-5), numbers(3), numbers(5, 3), numbers(3, 3)).toDouble();
            double down = f.call(matrix(at, i, -1e-5), numbers(3), numbers(5, 3), numbers(3, 3)).toDouble();
            assertThat(found[i]).isCloseTo((up - down) / 2e-5, within(1e-6));
        }
    }

    private static NDArray matrix(double[] at, int moved, double by) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(3, 3), i -> at[i] + (i == moved ? by : 0));
    }
}

package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.broadcastTo;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What leaves a loop over steps, and what stays.
class LoopPassesTest {
    private final Expr W = dmatrix("W");
    private final Expr V = dmatrix("V");
    private final Expr x = dmatrix("x");
    private final Expr h0 = dvector("h0");

    private static NDArray numbers(int... dims) {
        var shape = Shape.of(dims);
        var data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) data[i] = Math.sin(i + 1);
        return NDArray.wrap(DType.FLOAT64, shape, data);
    }

    /// The compiled function, which gives what the definition gives.
    private static Compiled agrees(List<Expr> in, List<Expr> out, NDArray... arrays) {
        var f = function(in, out);
        var computed = f.callAll((Object[]) arrays);
        var expected = function().inputs(in).outputs(out).mode(Mode.REFERENCE).compile().callAll((Object[]) arrays);
        for (int k = 0; k < out.size(); k++) {
            assertThat(computed.get(k).shape()).isEqualTo(expected.get(k).shape());
            for (int i = 0; i < computed.get(k).size(); i++)
                assertThat(computed.get(k).doubleAt(i)).isCloseTo(expected.get(k).doubleAt(i), offset(1e-9));
        }
        return f;
    }

    /// What stands in the pseudo-code of loops over steps: the parts with a count of steps.
    private static String loops(Compiled f) {
        var text = new StringBuilder();
        for (var part : f.kernels().split("\n(?=kernel|check|[a-z0-9, ]+ = )")) if (part.contains("length[0]")) text.append(part);
        return text.toString();
    }

    /// A derivative brings loops of its own, whose steps are made of the ops that those of other loops are.
    @Test void stepsOfJacobiansTakeNoPowers() {
        var states = scan(arange(3), h0, (i, h) -> h.div(sum(sqr(h))).plus(h)).get(-1);
        for (var derivative : List.of(jacobian(states, h0), hessian(sum(states), h0)))
            assertThat(agrees(List.of(h0), List.of(derivative), numbers(3)).kernels()).contains("for ").doesNotContain("**");
    }

    @Test void aProductOfElementsIsOneProductBeforeTheLoop() {
        var states = scan(x, h0, (row, h) -> h.plus(dot(W, row)));
        var f = agrees(List.of(W, x, h0), List.of(states), numbers(3, 4), numbers(5, 4), numbers(3));
        assertThat(f.kernels()).contains("contract(");
        assertThat(loops(f)).doesNotContain("fma").doesNotContain("fold");
    }

    @Test void whatIsTheSameAtAllStepsIsComputedOnce() {
        var states = scan(x, h0, (row, h) -> h.plus(row.times(exp(W.get(0)))));
        var f = agrees(List.of(W, x, h0), List.of(states), numbers(2, 3), numbers(5, 3), numbers(3));
        assertThat(f.cost(Shape.of(2, 3), Shape.of(5, 3), Shape.of(3)).elementary()).isEqualTo(3);
    }

    @Test void elementsAndNeighboursOfALoopBackwardsKeepTheirPlaces() {
        var loop = scan();
        var h = loop.state(h0);
        h.next(h.previous().times(tanh(loop.over(x, 1))).plus(tanh(loop.over(x, -1).times(loop.over(W)))));
        var cost = sum(h.all().pow(2));
        var f = agrees(List.of(W, x, h0), List.of(cost, grad(cost, W), grad(cost, x), grad(cost, h0)),
            numbers(6, 3), numbers(7, 3), numbers(3));
        assertThat(loops(f)).doesNotContain("tanh").doesNotContain("exp");
    }

    @Test void whatIsCheapStays() {
        var states = scan(x, h0, (row, h) -> h.times(row.times(2).plus(1)));
        assertThat(agrees(List.of(x, h0), List.of(states), numbers(5, 3), numbers(3)).kernels()).contains("* (1.0 + 2.0 * x[");
    }

    @Test void theMatricesOfAProductInAProductAreBothTurned() {
        var states = scan(x, h0, (row, h) -> tanh(dot(V, tanh(dot(W, h).plus(row)))));
        var f = agrees(List.of(W, V, x, h0), List.of(states), numbers(3, 3), numbers(3, 3), numbers(5, 3), numbers(3));
        assertThat(f.kernels())
            .contains("h0: float64[?], dimShuffle: float64[?, ?], dimShuffle2: float64[?, ?]) -> (scan: float64[?, ?])");
    }

    /// What blocks of columns would be gathered from at every step; small ones are written into the loop, large ones are not.
    @Test void aMatrixThatStepsMultiplyMatricesByIsTurned() {
        Expr h = dmatrix("h"), rows = tensor("rows", DType.FLOAT64, -1, -1, -1);
        var f = function(List.of(W, rows, h), scan(rows, h, (row, u) -> tanh(einsum("ij,kj->ik", u, W).plus(row))));
        var step = function(List.of(W, x, h), tanh(einsum("ij,kj->ik", h, W).plus(x)));
        assertThat(f.kernels()).contains("h: float64[?, ?], dimShuffle: float64[?, ?]) -> (scan: float64[?, ?, ?])");
        for (int[] size : new int[][] {{2, 3}, {5, 1}, {32, 33}, {40, 70}, {3, 300}}) {
            NDArray w = numbers(size[1], size[1]), all = numbers(4, size[0], size[1]), u = numbers(size[0], size[1]);
            var states = f.call(w, all, u);
            for (int k = 0; k < 4; k++) {
                int first = k * u.size();
                u = step.call(w, all.take(u.shape(), i -> first + i), u);
                for (int i = 0; i < u.size(); i++) assertThat(states.doubleAt(first + i)).isEqualTo(u.doubleAt(i));
            }
        }
    }

    @Test void aMatrixThatThreeStepsMultiplyMatricesByIsLeftAsItLies() {
        Expr h = dmatrix("h");
        for (int n : new int[] {3, 4}) {
            var loop = scan().steps(n);
            var u = loop.state(h);
            u.next(tanh(einsum("ij,kj->ik", u.previous(), W)));
            assertThat(function(List.of(W, h), u.last()).kernels().contains("dimShuffle:")).isEqualTo(n == 4);
        }
    }

    @Test void stepsThatMayNotBeMadeAreNotPrepared() {
        var loop = scan();
        var h = loop.state(h0);
        h.next(h.previous().plus(exp(loop.over(x))));
        loop.until(max(h.previous()).gt(3));
        var f = agrees(List.of(x, h0), List.of(h.all(), loop.steps()), numbers(50, 3), numbers(3));
        assertThat(f.kernels()).containsOnlyOnce("exp(");
    }

    @Test void aLoopWithoutStatesIsABatch() {
        var f = agrees(List.of(W, x), List.of(scan(x, row -> tanh(dot(W, row)))), numbers(3, 4), numbers(5, 4));
        assertThat(f.kernels()).contains("contract(").doesNotContain("length[0]");
    }

    @Test void aSumOfOuterProductsIsOneProductAfterTheLoop() {
        var states = scan(x, h0, (row, h) -> tanh(dot(W, h).plus(row)));
        var cost = sum(states.get(-1).pow(2));
        var f = agrees(List.of(W, x, h0), List.of(cost, grad(cost, W)), numbers(3, 3), numbers(20, 3), numbers(3));
        assertThat(f.cost(Shape.of(30, 30), Shape.of(100, 30), Shape.of(30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    /// A product with the Hessian adds up two outer products for each step.
    @Test void aSumOfSumsOfOuterProductsIsAProductForEachAfterTheLoop() {
        var cost = sum(sqr(scan(x, h0, (row, h) -> tanh(dot(W, h).plus(row)))));
        var f = agrees(List.of(W, x, h0, V), List.of(rop(grad(cost, W), W, V)), numbers(3, 3), numbers(20, 3), numbers(3), numbers(3, 3));
        assertThat(f.cost(Shape.of(30, 30), Shape.of(100, 30), Shape.of(30), Shape.of(30, 30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    /// The gradient of the gradient goes through what the first one is multiplied by, repeated for all steps.
    @Test void whatIsTheSameInAllRowsIsTakenFromOne() {
        var cost = sum(sqr(scan(x, h0, (row, h) -> tanh(dot(W, h).plus(row)))));
        var f = agrees(List.of(W, x, h0, V), List.of(grad(sum(grad(cost, W).times(V)), W)), numbers(3, 3), numbers(20, 3), numbers(3), numbers(3, 3));
        assertThat(f.cost(Shape.of(30, 30), Shape.of(100, 30), Shape.of(30), Shape.of(30, 30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    @Test void rowsThatAreRepeatedSoOftenThatTheStepsAreFewerOrMore() {
        Expr n = lscalar("n"), rows = broadcastTo(h0, n, h0.length(0));
        var loop = scan().steps(x.length(0));
        var row = loop.over(rows);
        var h = loop.state(h0);
        h.next(h.previous().plus(row));
        for (int times : new int[] {4, 5, 6}) agrees(List.of(h0, n, x), List.of(h.all()), numbers(3), NDArray.of((long) times), numbers(5, 3));
    }

    @Test void aSumOfDifferencesAndMultiplesOfProductsToo() {
        var products = scan(x, List.of(h0), (row, h) -> {
            var next = tanh(h.getFirst().plus(row));
            var two = outer(next, row).times(sum(h0)).minus(outer(row, next).times(V).neg()).minus(dot(V, outer(row, row)));
            return List.of(next, two);
        }).getLast();
        var f = agrees(List.of(x, h0, V), List.of(sum(products, Axes.over(0))), numbers(20, 3), numbers(3), numbers(3, 3));
        assertThat(f.cost(Shape.of(100, 30), Shape.of(30), Shape.of(30, 30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    @Test void aSumOfTransposedProductsToo() {
        var products = scan(x, List.of(h0), (row, h) -> {
            var next = tanh(h.getFirst().plus(row));
            return List.of(next, outer(next, row).plus(outer(exp(next), next).times(V).T()));
        }).getLast();
        var f = agrees(List.of(x, h0, V), List.of(sum(products, Axes.over(0))), numbers(20, 3), numbers(3), numbers(3, 3));
        assertThat(f.cost(Shape.of(100, 30), Shape.of(30), Shape.of(30, 30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    @Test void aSumWithWhatIsNoProductStays() {
        for (var other : List.<UnaryOperator<Expr>>of(h -> V, h -> exp(h), h -> exp(outer(h, h)))) {
            var sums = scan(x, List.of(h0), (row, h) -> List.of(tanh(h.getFirst().plus(row)),
                outer(h.getFirst(), row).plus(other.apply(h.getFirst())))).getLast();
            agrees(List.of(x, h0, V), List.of(sum(sums, Axes.over(0))), numbers(20, 3), numbers(3), numbers(3, 3));
        }
    }

    @Test void productsOfLargerFactorsAreAddedUpStepByStep() {
        var numbers = scan(x, List.of(h0), (row, h) -> List.of(tanh(h.getFirst().plus(row)), dot(tanh(W.plus(h.getFirst())), row))).getLast();
        var f = agrees(List.of(W, x, h0), List.of(sum(numbers, Axes.over(0))), numbers(3, 3), numbers(20, 3), numbers(3));
        assertThat(f.cost(Shape.of(30, 30), Shape.of(100, 30), Shape.of(30)).largestElements()).isLessThanOrEqualTo(101 * 30);
    }

    @Test void aSumOfProductsWithAMatrixIsAProductWithASum() {
        var sums = sum(scan(x, List.of(h0), (row, h) -> List.of(tanh(h.getFirst().plus(row)), dot(W, tanh(h.getFirst().plus(row))))).getLast(), Axes.over(0));
        var f = agrees(List.of(W, x, h0), List.of(sums), numbers(3, 3), numbers(20, 3), numbers(3));
        long flops = f.cost(Shape.of(30, 30), Shape.of(100, 30), Shape.of(30)).flops();
        assertThat(flops).isLessThan(100 * 2 * 30 * 30);
    }

    @Test void productsThatAreWantedOneByOneStay() {
        var all = scan(x, List.of(h0), (row, h) -> List.of(tanh(h.getFirst().plus(row)), outer(h.getFirst(), row))).getLast();
        agrees(List.of(x, h0), List.of(all, sum(all, Axes.over(0))), numbers(4, 3), numbers(3));
    }

    @Test void loopsInsideLoopsToo() {
        var sums = scan(x, h0, (row, h) -> scan(W, h, (w, g) -> tanh(g.plus(w.times(exp(row))))).get(-1));
        agrees(List.of(W, x, h0), List.of(sums, grad(sum(sums), W)), numbers(4, 3), numbers(5, 3), numbers(3));
    }

    @Test void aLoopThatIsTheSameAtAllStepsIsRunOnce() {
        var same = scan(x, h0, (row, h) -> h.times(row).plus(scan(W, broadcastTo(constant(0.5), h.length()), (w, g) -> tanh(g.plus(w))).get(-1)));
        var own = scan(x, h0, (row, h) -> h.times(row).plus(scan(W, row, (w, g) -> tanh(g.plus(w))).get(-1)));
        var f = agrees(List.of(W, x, h0), List.of(same), numbers(4, 3), numbers(5, 3), numbers(3));
        var g = agrees(List.of(W, x, h0), List.of(own), numbers(4, 3), numbers(5, 3), numbers(3));
        assertThat(f.cost(Shape.of(4, 3), Shape.of(5, 3), Shape.of(3)).elementary()).isEqualTo(4 * 3);
        assertThat(g.cost(Shape.of(4, 3), Shape.of(5, 3), Shape.of(3)).elementary()).isEqualTo(5 * 4 * 3);
    }

    @Test void whatNobodyReadsIsNotComputed() {
        var all = scan(x, List.of(h0, h0.times(2)), (row, h) -> List.of(tanh(h.get(0).plus(row)), h.get(1).times(exp(h.get(0))),
            sin(h.get(0).times(row)), h.get(0).plus(row)));
        var f = agrees(List.of(x, h0), List.of(all.get(0), all.get(3)), numbers(5, 3), numbers(3));
        assertThat(f.kernels()).contains("tanh").doesNotContain("sin(").doesNotContain("exp(");
    }
}

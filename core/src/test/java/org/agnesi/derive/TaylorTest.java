package org.agnesi.derive;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.pp;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.taylor;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.elementwise;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fvector;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.pow;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

class TaylorTest {
    private static final int ORDER = 8;

    private final Expr t = dscalar("t");
    private final Expr x = dvector("x");
    private final Expr v = dvector("v");

    @Test void expGrowsByItself() { expect(e -> exp(mul(2, e)), 0.3, k -> Math.pow(2, k) * Math.exp(0.6)); }

    @Test void logHasFactorials() { expect(e -> log(e), 2, k -> k == 0 ? Math.log(2) : sign(k - 1) * factorial(k - 1) / Math.pow(2, k)); }

    @Test void sinTurnsByQuarters() { expect(e -> sin(e), 0.7, k -> Math.sin(0.7 + k * Math.PI / 2)); }

    @Test void tanhHasTangentNumbers() { expect(e -> tanh(e), 0, k -> new double[] {0, 1, 0, -2, 0, 16, 0, -272, 0}[k]); }

    @Test void aQuotientIsAGeometricSeries() { expect(e -> div(e, add(1, e)), 0, k -> k == 0 ? 0 : sign(k - 1) * factorial(k)); }

    @Test void powersFall() {
        for (double n : new double[] {2, 3, 7, 12, 0.5, -1, -2.5, 3.5}) expect(e -> pow(e, n), 1.5, k -> falling(n, k) * Math.pow(1.5, n - k));
        for (double n : new double[] {1, 2, 3, 7}) expect(e -> pow(e, n), 0, k -> k == n ? factorial(k) : 0);
    }

    @Test void anExponentThatMovesIsAnExponential() { expect(e -> pow(e, e), 1, k -> new double[] {1, 1, 2, 3, 8, 10, 54, -42, 944}[k]); }

    @Test void anExponentThatIsNoLiteralIsAPowerToo() {
        var n = dscalar("n");
        var one = dscalar("one");
        var values = function(inputs(t, n, one), taylor(pow(t, n), t, one, 3)).callAll(2.0, 2.5, 1.0);
        for (int k = 0; k <= 3; k++) assertThat(values.get(k).toDouble()).isCloseTo(falling(2.5, k) * Math.pow(2, 2.5 - k), within(1e-12));
    }

    private void expect(UnaryOperator<Expr> f, double at, IntToDoubleFunction derivative) {
        var v = dscalar("v");
        var values = function(inputs(t, v), taylor(f, t, v, ORDER)).callAll(at, 1.0);
        for (int k = 0; k <= ORDER; k++) {
            double expected = derivative.applyAsDouble(k);
            assertThat(values.get(k).toDouble()).as("order %d", k).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double sign(int k) { return k % 2 == 0 ? 1 : -1; }
    private static double factorial(int k) { return IntStream.rangeClosed(1, k).asDoubleStream().reduce(1, (a, b) -> a * b); }
    private static double falling(double n, int k) { return IntStream.range(0, k).mapToDouble(i -> n - i).reduce(1, (a, b) -> a * b); }

    /// Sizes ten ops, most of them with derivatives that are other ops.
    private static Expr tenOps(Expr x) { return sum(mul(div(tanh(exp(sin(x))), sqrt(add(1, sqr(x)))), log(add(2, cos(x))))); }

    @Test void eachOrderIsTheSlopeOfTheOneBefore() {
        slopes(tenOps(x));
        slopes(mul(softmax(x), logsumexp(mul(x, 0.5))));
        slopes(prod(x));
        slopes(sqr(grad(tenOps(x), x)));
        slopes(solve(add(dmatrixOf(x), mul(3, org.agnesi.Tensors.eye(3))), sin(x)));
        slopes(scan(x, mul(0.1, sum(x)), (e, s) -> tanh(add(mul(e, s), sin(s)))));
        slopes(scan(x, e -> exp(mul(e, sum(sqr(x))))));
    }

    private static Expr dmatrixOf(Expr x) { return org.agnesi.Tensors.outer(sin(x), exp(mul(0.3, x))); }

    private void slopes(Expr y) {
        var f = function(inputs(x, v), taylor(y, x, v, 5));
        double[] at = {0.4, -0.3, 0.9}, along = {0.5, 0.25, -0.4};
        double h = 1e-2;
        var values = IntStream.rangeClosed(-2, 2).mapToObj(i -> f.callAll(moved(at, along, i * h), along)).toList();
        for (int k = 0; k < 5; k++) for (int i = 0; i < values.get(2).get(k).size(); i++) {
            double slope = (8 * (at(values, 3, k, i) - at(values, 1, k, i)) - at(values, 4, k, i) + at(values, 0, k, i)) / (12 * h);
            assertThat(at(values, 2, k + 1, i)).as("%s, order %d", y, k + 1).isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
        }
    }

    private static double at(List<List<NDArray>> values, int step, int order, int i) { return values.get(step).get(order).doubleAt(i); }

    private static double[] moved(double[] at, double[] along, double h) {
        return IntStream.range(0, at.length).mapToDouble(i -> at[i] + h * along[i]).toArray();
    }

    @Test void theGraphGrowsWithTheSquareOfTheOrder() {
        int[] sizes = IntStream.rangeClosed(0, 12).map(k -> Graph.inOrder(taylor(tenOps(x), x, v, k)).size()).toArray();
        for (int k = 4; k <= 12; k++)
            assertThat(sizes[k] - 2 * sizes[k - 1] + sizes[k - 2]).isEqualTo(sizes[4] - 2 * sizes[3] + sizes[2]);
        var nested = tenOps(x);
        for (int k = 0; k < 6; k++) nested = rop(nested, x, v);
        assertThat(Graph.inOrder(List.of(nested)).size()).isGreaterThan(10 * sizes[6]);
    }

    @Test void theWorkGrowsWithTheSquareOfTheOrder() {
        assertThat(flops(8) / flops(4)).isLessThan(4);
        assertThat(flops(8)).isLessThan(60 * flops(0));
    }

    private double flops(int order) {
        var f = function(inputs(x, v), taylor(tenOps(x), x, v, order));
        return f.cost(new double[1000], new double[1000]).flops();
    }

    @Test void aLoopCarriesAllOrdersAtOnce() {
        var all = taylor(sum(scan(x, 0.5, (e, s) -> sin(mul(e, s)))), x, v, 6);
        assertThat(Graph.inOrder(all.subList(1, 7)).stream().filter(node -> node.op().name().equals("scan"))).hasSize(1);
    }

    @Test void orderOneIsRop() {
        assertThat(pp(taylor(tenOps(x), x, v, 1).getLast())).isEqualTo(pp(rop(tenOps(x), x, v)));
    }

    @Test void aPolynomialEndsAtItsDegree() {
        var values = function(inputs(x, v), taylor(sum(pow(x, 3)), x, v, 5)).callAll(new double[] {1, 2}, new double[] {1, -1});
        assertThat(values).extracting(NDArray::toDouble).containsExactly(9.0, 3.0 - 12, 6.0 + 12, 0.0, 0.0, 0.0);
    }

    @Test void aCurveMayBend() {
        var w = dscalar("w");
        var found = function(inputs(t, w), taylor(sin(t), t, List.of(mul(w, 1.0), mul(w, 2.0)))).callAll(0.5, 3.0);
        assertThat(found.get(2).toDouble()).isCloseTo(-Math.sin(0.5) * 9 + Math.cos(0.5) * 6, within(1e-14));
    }

    @Test void severalInputsMoveTogether() {
        var a = dmatrix("A");
        var da = dmatrix("dA");
        var y = dot(a, x);
        var second = taylor(y, List.of(a, x), List.of(da, v), 2).getLast();
        assertThat(function(inputs(a, x, da, v), sum(second.minus(mul(2, dot(da, v)))).plus(0))
            .call(new double[2][3], new double[3], new double[][] {{1, 2, 3}, {4, 5, 6}}, new double[] {1, 2, 3}).toDouble()).isZero();
    }

    @Test void whatItGivesDifferentiatesOn() {
        var third = taylor(tenOps(x), x, v, 3).getLast();
        var g = function(inputs(x, v), grad(third, x));
        var f = function(inputs(x, v), third);
        double[] at = {0.4, -0.3, 0.9}, along = {0.5, 0.25, -0.4};
        var found = g.call(at, along);
        for (int i = 0; i < 3; i++) {
            double[] unit = new double[3];
            unit[i] = 1;
            double h = 1e-5;
            double slope = (f.call(moved(at, unit, h), along).toDouble() - f.call(moved(at, unit, -h), along).toDouble()) / (2 * h);
            assertThat(found.get(i)).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
        }
    }

    @Test void aUsersOpHasAllOrders() {
        var square = elementwise("square", e -> e * e, (e, y) -> mul(2, e));
        var values = function(inputs(x, v), taylor(sum(sin(square.apply(x))), x, v, 4)).callAll(new double[] {0.7}, new double[] {1});
        var known = function(inputs(x, v), taylor(sum(sin(sqr(x))), x, v, 4)).callAll(new double[] {0.7}, new double[] {1});
        for (int k = 0; k <= 4; k++) assertThat(values.get(k).allClose(known.get(k), 1e-13, 1e-13)).isTrue();
    }

    @Test void aDeepFormulaIsNoTrouble() {
        Expr y = t;
        for (int i = 0; i < 20_000; i++) y = sin(y);
        var third = Graph.eval(taylor(y, t, t, 3).getLast(), Map.of(t, NDArray.of(1e-3))).toDouble();
        double u = 1e-3, first = u, second = 0, expected = 0;
        for (int i = 0; i < 20_000; i++) {
            double s = Math.sin(u), c = Math.cos(u);
            expected = c * expected - 3 * s * first * second - c * first * first * first;   // Faà di Bruno's formula
            second = c * second - s * first * first;
            first *= c;
            u = s;
        }
        assertThat(third).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }

    @Test void float32Stays() {
        var f = fvector("f");
        assertThat(taylor(tanh(f), f, f, 4)).allMatch(e -> e.type().dtype() == DType.FLOAT32);
    }

    @Test void refusesANegativeOrder() {
        assertThatThrownBy(() -> taylor(sin(t), t, t, -1)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            taylor needs an order of 0 or more, but got -1
            Ask for 0 to get the value alone, for 1 to get what rop gives.""");
    }

    @Test void refusesADirectionOfAnotherShape() {
        assertThatThrownBy(() -> taylor(sin(x), x, t, 2)).isInstanceOf(TypeError.class).hasMessageStartingWith("""
            taylor needs a vector of the shape of its input, but got
              input: x of type float64[?]
              vector: t of type float64[]""");
    }

    @Test void refusesAnInputThatDoesNotMatter() {
        assertThatThrownBy(() -> taylor(sin(x), t, t, 2)).isInstanceOf(DisconnectedInputError.class)
            .hasMessageContaining("taylor needs an input that the formula depends on, but sin(x)");
    }

    // below it: products with Jacobians

    /// Products with Jacobians, as functions of x.
    private static List<UnaryOperator<Expr>> products(Expr a, Expr w) {
        UnaryOperator<Expr> y = x -> tanh(dot(a, sin(x)));
        return List.of(
            x -> dot(jacobian(y.apply(x), x), w),
            x -> dot(w, jacobian(y.apply(x), x)),
            x -> dot(jacobian(y.apply(x), x), sin(x)),
            x -> dot(jacobian(y.apply(x), x).T(), dot(jacobian(y.apply(x), x), w)),
            x -> dot(hessian(sum(sqr(y.apply(x))), x), w),
            x -> rop(dot(jacobian(y.apply(x), x), w), x, sin(x)),
            x -> grad(sum(sqr(dot(jacobian(y.apply(x), x), w))), x),
            x -> lop(dot(jacobian(y.apply(x), x), w), x, sin(x)),
            x -> lop(y.apply(x), x, sin(x)));
    }

    private static NDArray gaussian(int seed, int... dims) {
        var random = new Random(seed);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 3);
    }

    @Test void productsWithJacobiansAreStillNeverBuilt() {
        var a = dmatrix("A");
        var w = dvector("w");
        int product = 0;
        for (var f : products(a, w)) {
            var all = List.of(function(inputs(a, w, x, v), taylor(f, x, v, 3)), function(inputs(a, w, x, v), rop(f.apply(x), x, v)));
            for (var compiled : all) for (int n : new int[] {60, 120}) {
                var cost = compiled.cost(Shape.of(n, n), Shape.of(n), Shape.of(n), Shape.of(n));
                assertThat(cost.unknown()).isEmpty();
                assertThat(cost.largestElements()).as("product %d at %d", product, n).isLessThan(20L * n);
                assertThat(cost.flops()).as("product %d at %d", product, n).isLessThan(400L * n * n);
            }
            product++;
        }
    }

    @Test void theirDerivativesAreThoseOfRops() {
        var a = dmatrix("A");
        var w = dvector("w");
        for (var f : products(a, w)) {
            var expected = new ArrayList<Expr>(List.of(f.apply(x)));
            for (int k = 0; k < 3; k++) expected.add(rop(expected.getLast(), x, v));
            var values = List.of(gaussian(1, 5, 5), gaussian(2, 5), gaussian(3, 5), gaussian(4, 5));
            var found = function(inputs(a, w, x, v), taylor(f, x, v, 3)).callAll(values);
            var by = function(inputs(a, w, x, v), expected).callAll(values);
            for (int k = 0; k <= 3; k++) assertThat(found.get(k).allClose(by.get(k), 1e-9, 1e-10)).as("order %d", k).isTrue();
        }
    }

    @Test void aJacobianItselfHasDerivativesAlongALine() {
        var y = mul(sqr(x), sum(x));
        var found = function(inputs(x, v), taylor(jacobian(y, x), x, v, 4)).callAll(gaussian(3, 4), gaussian(4, 4));
        var expected = new ArrayList<Expr>(List.of(jacobian(y, x)));
        for (int k = 0; k < 2; k++) expected.add(rop(expected.getLast(), x, v));
        var by = function(inputs(x, v), expected).callAll(gaussian(3, 4), gaussian(4, 4));
        for (int k = 0; k <= 2; k++) assertThat(found.get(k).allClose(by.get(k), 1e-12, 1e-13)).as("order %d", k).isTrue();
        for (int k = 3; k <= 4; k++) assertThat(found.get(k).allClose(NDArray.zeros(DType.FLOAT64, Shape.of(4, 4)), 0, 0)).isTrue();
    }
}

package org.agnesi.run;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.broadcastTo;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fill;
import static org.agnesi.Tensors.ivector;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.prod;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.IndexError;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private final Expr x = dmatrix("x");
    private final Expr y = dmatrix("y");
    private final Expr v = dvector("v");
    private final Expr s = dscalar("s");

    @ParameterizedTest @ValueSource(ints = {0, 1, 7, 8, 9, 33}) void givesWhatTheOpsGive(int n) {
        var e = exp(x);
        agrees(List.of(x), List.of(add(x, 1), e, div(e, e.sum(Axes.over(1).keep())), e.sum(0)), random(n, 3));
        agrees(List.of(x, y), List.of(add(x.T(), exp(y)), sum(mul(x, x))), random(n, 5), random(5, n));
        agrees(List.of(x, v), List.of(mul(x, exp(v)), exp(mul(x, v)).sum(1)), random(4, n), random(n));
        agrees(List.of(v, s), List.of(mul(exp(s), v), mul(exp(s), 2), sum(v).times(s)), random(n), random());
        var z = exp(sub(x, x.sum(Axes.over(0).keep())));
        agrees(List.of(x), List.of(div(z, z.sum(Axes.over(0).keep())), exp(z.sum()), x.length()), random(n, 3));
    }

    /// What few arguments of one logarithm need holds what few of those inside need.
    @Test void aChainOfFunctionsIsWrittenOnce() {
        var x = dvector("x");
        var y = x;
        for (int k = 0; k < 8; k++) y = log(y.times(y).plus(1.5));
        var at = List.of(NDArray.generateDoubles(DType.FLOAT64, Shape.of(33), i -> i == 7 ? Double.NaN : i));
        assertThat(Plan.of(List.of(x), List.of(y), Backend.SIMD).call(at)).isEqualTo(Plan.of(List.of(x), List.of(y), Backend.POINTS).call(at));
    }

    @Test void aSumMayBeTheEndOfARange() {
        var x = dvector("x");
        var n = sum(ivector("n"));
        var inputs = List.of(x, n.node().arg(0));
        var plan = Plan.of(inputs, List.of(sum(x.get(upTo(n)))), Backend.SCALAR);
        assertThat(plan.call(List.of(NDArray.of(new double[] {1, 2, 4, 8}), NDArray.of(new int[] {1, 2})))).containsExactly(NDArray.of(7.0));
    }

    @Test void anOutputIsNeverAnInputOrAnotherOutput() {
        var a = random(3);
        var c = constant(new double[] {1, 2});
        var sum = add(v, 1);
        var plan = Plan.of(List.of(v), List.of(v, v, sum, sum, c), Backend.SCALAR);
        var out = plan.call(List.of(a));
        var arrays = Collections.newSetFromMap(new IdentityHashMap<Object, Boolean>());
        for (var array : out) arrays.add(array.data());
        arrays.add(a.data());
        assertThat(arrays).hasSize(6);
        ((double[]) out.getLast().data())[0] = 7;
        assertThat(plan.call(List.of(a)).getLast()).isEqualTo(NDArray.of(new double[] {1, 2}));
    }

    @Test void callsTheExponentialOncePerElementOfTheLogisticsGradient() {
        var e = exp(neg(x));
        var p = div(1, add(1, e));
        var plan = Plan.of(List.of(x), List.of(sum(p), mul(mul(e, p), p)), Backend.SCALAR);
        assertThat(plan.calls(UnaryFunction.EXP)).isEqualTo(1);
        assertThat(plan.schedule().programs()).hasSize(1);
    }

    @Test void sizesThatDifferAreAnErrorWithBothOperands() {
        var plan = Plan.of(List.of(x, y), List.of(add(x, y)), Backend.SCALAR);
        assertThatThrownBy(() -> plan.call(List.of(random(2, 3), random(2, 4)))).isInstanceOf(ShapeError.class).hasMessageStartingWith("""
            add needs axis 1 of x and axis 1 of y to be equal, but got
              x: (2, 3)
              y: (2, 4)
            Pass arrays whose sizes agree, or reshape one of them.""");
    }

    @Test void aReshapeThatLosesElementsIsAnError() {
        var plan = Plan.of(List.of(v), List.of(exp(v.reshape(2, 3))), Backend.SCALAR);
        assertThat(plan.call(List.of(random(6))).getFirst().shape()).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> plan.call(List.of(random(5)))).isInstanceOf(ShapeError.class).hasMessageContainingAll("reshape", "(5,)");
    }

    @Test void aDimensionOfUnknownSizeDoesNotRepeat() {
        var plan = Plan.of(List.of(v), List.of(exp(broadcastTo(v, 2, 3))), Backend.SCALAR);
        assertThat(plan.call(List.of(random(3))).getFirst().shape()).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> plan.call(List.of(random(2)))).isInstanceOf(ShapeError.class).hasMessageContainingAll("broadcastTo needs", "axis 0 of v", "2", "3");
    }

    @Test void aPositionOutsideItsAxisIsAnErrorWithNameAndShape() {
        var i = tensor("i", DType.INT64, -1);
        var plan = Plan.of(List.of(x, i), List.of(exp(x.get(all(), i))), Backend.SCALAR);
        assertThatThrownBy(() -> plan.call(List.of(random(2, 3), NDArray.of(new long[] {0, -4})))).isInstanceOf(IndexError.class).hasMessageStartingWith("""
            a position from -3 to 2 is needed along axis 1 of x, but got -4
              x: (2, 3)
            Positions count from 0; negative ones count from the end.""");
    }

    @Test void writesIntoGivenArraysAndThenAllocatesLittle() {
        var w = exp(v);
        var plan = Plan.of(List.of(v), List.of(div(w, w.sum())), Backend.SCALAR);
        int n = 10_000;
        var in = List.of(random(n));
        var out = List.of(NDArray.zeros(DType.FLOAT64, n));
        plan.callInto(out, in);
        plan.callInto(out, in);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        plan.callInto(out, in);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
        assertThat(out.getFirst()).isEqualTo(plan.call(in).getFirst());
    }

    @Test void refusesToWriteIntoAnInputOrAnArrayOfAnotherShape() {
        var plan = Plan.of(List.of(v), List.of(exp(v)), Backend.SCALAR);
        var a = random(3);
        assertThatThrownBy(() -> plan.callInto(List.of(a), List.of(a))).isInstanceOf(ArgumentError.class).hasMessage("""
            callInto needs arrays of their own for its outputs, but output 0 is input 0
            Pass another array, or a copy of the input.""");
        assertThatThrownBy(() -> plan.callInto(List.of(random(4)), List.of(a))).isInstanceOf(ShapeError.class).hasMessage("""
            an array of shape (3,) is needed to write into, but got (4,)
            Make it of that shape.""");
        assertThat(plan.call(List.of(a)).getFirst().shape()).isEqualTo(Shape.of(3));
    }

    @Test void manyThreadsMayCallAtOnce() throws Exception {
        var e = exp(x);
        var plan = Plan.of(List.of(x), List.of(div(e, e.sum(Axes.over(1).keep()))), Backend.SCALAR);
        try (var pool = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<Future<Boolean>>();
            for (int n = 1; n <= 64; n++) {
                var a = random(n % 9 + 1, 5);
                var expected = plan.call(List.of(a));
                results.add(pool.submit(() -> plan.call(List.of(a)).equals(expected)));
            }
            for (var result : results) assertThat(result.get()).isTrue();
        }
    }

    @Test void aLongChainRunsInBoundedPrograms() {
        Expr y = v;
        for (int k = 0; k < 3000; k++) y = add(mul(y, 0.5), v);
        var plan = Plan.of(List.of(v), List.of(y), Backend.SCALAR);
        assertThat(plan.call(List.of(NDArray.of(new double[] {1, 2}))).getFirst().allClose(NDArray.of(new double[] {2, 4}), 1e-12, 0)).isTrue();
        assertThat(plan.schedule().programs().size()).isBetween(3, 60);
    }

    @Test void aLongChainOfViewsIsCutToo() {
        Expr y = x;
        for (int k = 0; k < 30_001; k++) y = y.T();
        assertThat(Plan.of(List.of(x), List.of(y), Backend.SCALAR).call(List.of(random(2, 3))).getFirst().shape()).isEqualTo(Shape.of(3, 2));
    }

    /// The number of lanes is that of the widest value, be it the same everywhere.
    @Test void sumsWhatIsTheSameEverywhere() {
        for (var backend : List.of(Backend.SCALAR, Backend.SIMD)) {
            var total = Plan.of(List.of(v, s), List.of(sum(fill(v, s))), backend);
            assertThat(total.call(List.of(random(100), NDArray.of(3.0))).getFirst().toDouble()).isEqualTo(300);
        }
    }

    /// A sum over few places of known number is written out, in the order in which long sums are added up.
    @ParameterizedTest @ValueSource(ints = {0, 1, 2, 3, 5, 16, 17, 31, 32})
    void shortSumsHaveTheBitsOfLongOnes(int n) {
        var known = tensor("known", DType.FLOAT64, -1, n);
        for (var values : List.of(random(40, n), NDArray.generateDoubles(DType.FLOAT64, Shape.of(40, n), _ -> -0.0))) {
            for (var f : functions(n)) {
                var asShort = Plan.of(List.of(known), List.of(f.apply(known)), Backend.SCALAR).call(List.of(values)).getFirst();
                var asLong = Plan.of(List.of(x), List.of(f.apply(x)), Backend.SCALAR).call(List.of(values)).getFirst();
                assertThat((double[]) asShort.data()).containsExactly((double[]) asLong.data());
            }
        }
    }

    /// Sums down columns go along the rows, where it is known how many columns there are, and keep the bits of those that do not.
    @ParameterizedTest @ValueSource(ints = {0, 1, 5, 31, 32, 33, 100})
    void sumsDownKnownColumnsHaveTheBitsOfAllSums(int n) {
        var known = tensor("known", DType.FLOAT64, -1, 70);
        var values = random(n, 70);
        for (var f : List.<UnaryOperator<Expr>>of(a -> sum(mul(a, a), 0), a -> exp(prod(a, 0)).plus(1), a -> sum(exp(a), 0).times(a))) {
            for (var backend : List.of(Backend.POINTS, Backend.SCALAR, Backend.SIMD)) {
                var along = Plan.of(List.of(known), List.of(f.apply(known), exp(known)), backend).call(List.of(values)).getFirst();
                var down = Plan.of(List.of(x), List.of(f.apply(x), exp(x)), Backend.SCALAR).call(List.of(values)).getFirst();
                assertThat((double[]) along.data()).containsExactly((double[]) down.data());
            }
        }
    }

    /// The same over several blocks of rows, which a fold of the rows of a matrix takes one by one.
    @ParameterizedTest @ValueSource(ints = {32_768, 32_769, 70_000})
    void sumsDownKnownColumnsAddBlocksOfRows(int n) {
        var known = tensor("known", DType.FLOAT64, -1, 9);
        var deep = tensor("deep", DType.FLOAT64, -1, -1, 9);
        var values = random(n, 9);
        var down = Plan.of(List.of(x), List.of(sum(exp(x), 0)), Backend.SCALAR).call(List.of(values)).getFirst();
        for (var backend : List.of(Backend.POINTS, Backend.SIMD, Kernels.THREADS)) {
            assertThat(Plan.of(List.of(known), List.of(sum(exp(known), 0)), backend).call(List.of(values)).getFirst()).isEqualTo(down);
            var halves = values.reshape(Shape.of(n, 1, 9));
            assertThat(Plan.of(List.of(deep), List.of(sum(exp(deep), 0, 1)), backend).call(List.of(halves)).getFirst()).isEqualTo(down);
        }
    }

    /// Nothing has no largest element.
    private static List<UnaryOperator<Expr>> functions(int n) {
        return n == 0 ? List.of(a -> sum(a, 1), a -> prod(a, 1))
            : List.of(a -> sum(a, 1), a -> prod(a, 1), a -> max(a, 1), a -> sum(mul(a, a), 1));
    }

    private static void agrees(List<Expr> in, List<Expr> out, NDArray... values) {
        var given = new IdentityHashMap<Expr, NDArray>();
        for (int k = 0; k < values.length; k++) given.put(in.get(k), values[k]);
        var expected = Graph.eval(out, given);
        var plan = Plan.of(in, out, Backend.SCALAR);
        for (int call = 0; call < 2; call++) {
            var got = plan.call(List.of(values));
            for (int k = 0; k < out.size(); k++) {
                assertThat(got.get(k).dtype()).isEqualTo(expected.get(k).dtype());
                assertThat(got.get(k).allClose(expected.get(k), 1e-12, 1e-300)).as("%s = %s, not %s\n%s", out.get(k), got.get(k), expected.get(k), plan.kernels()).isTrue();
            }
        }
    }

    private static NDArray random(int... dims) {
        var random = new Random(42);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian());
    }
}

package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.eq;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.lscalar;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.nonzero;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Costing;
import org.agnesi.compile.Given;
import org.agnesi.error.AgnesiException;
import org.agnesi.kernel.Cost;
import org.agnesi.kernel.Work;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final int E = Work.ELEMENTARY;

    private final Expr v = dvector("v");
    private final Expr w = dvector("w");
    private final Expr a = dmatrix("A");
    private final Expr b = dmatrix("B");

    @Test void aProductTakesTwoFlopsPerTerm() {
        var cost = function(inputs(a, b), dot(a, b)).cost(Shape.of(3, 5), Shape.of(5, 7));
        assertThat(cost.total()).isEqualTo(new Work(2 * 3 * 5 * 7, 0, 8 * (3 * 5 + 5 * 7), 8 * 3 * 7));
        assertThat(cost.kernels()).isEqualTo(1);
        int packed = 8 * 5 + 128 * 5, tile = 8 * 32, places = 3 + 2 * (3 + 7 + 5);
        assertThat(cost.peakBytes()).isEqualTo(8 * (packed + tile) + 4 * places);
        assertThat(cost.largestElements()).isZero();
        assertThat(cost.unknown()).isEmpty();
    }

    @Test void aSumTakesOneAdditionPerElement() {
        assertThat(function(a, sum(a)).cost(Shape.of(100, 30)).total()).isEqualTo(new Work(3000, 0, 8 * 3000, 8));
    }

    @Test void whatIsFusedIsReadOnceAndMakesNoTemporary() {
        var cost = function(inputs(v, w), mul(exp(v), add(sub(v, w), 1.0))).cost(Shape.of(1000), Shape.of(1000));
        assertThat(cost.total()).isEqualTo(new Work(1000 * (E + 3), 1000, 16_000, 8000));
        assertThat(cost.peakBytes()).isZero();
    }

    @Test void softmaxKeepsOneRow() {
        var x = dmatrix("x");
        var cost = function(x, softmax(x, 1)).cost(Shape.of(10, 1000));
        // max, subtract, exp, sum, divide
        assertThat(cost.total()).isEqualTo(new Work(10_000 * (4 + E), 10_000, 80_000, 80_000));
        assertThat(cost.peakBytes()).isEqualTo(8000);
        assertThat(cost.largest()).hasValueSatisfying(row -> assertThat(row.dims()).containsExactly(1000L));
    }

    @Test void aLoopCostsItsStepsAndStacksTheirResults() {
        var u = dmatrix("u");
        var h = dvector("h");
        var all = scan(u, h, (row, before) -> tanh(add(dot(a, before), row)));
        var cost = function(inputs(a, u, h), sum(all)).cost(Shape.of(4, 4), Shape.of(50, 4), Shape.of(4));
        assertThat(cost.elementary()).isEqualTo(50 * 4);
        assertThat(cost.flops()).isEqualTo(50 * (2 * 4 * 4 + 4 + 4 * E) + 50 * 4);
        // the stack, the state before a step, its product with the turned matrix, and the number of steps
        assertThat(cost.peakBytes()).isEqualTo(8 * (50 * 4 + 4 + 4 + 4 * 4 + 1));
        assertThat(cost.largest()).hasValueSatisfying(stack -> assertThat(stack.dims()).containsExactly(50L, 4L));
        assertThat(cost.steps()).extracting(Cost.Step::kind).contains(Cost.Kind.LOOP);
    }

    @Test void aSizeThatABranchGivesIsKnown() {
        var x = dvector("x");
        var y = dvector("y");
        var either = ifElse(eq(x.length(), 3), exp(x), exp(y));
        var f = function(inputs(x, y), ifElse(eq(either.length(), 5), sum(exp(either)), sum(either)));
        assertThat(f.cost(Shape.of(3), Shape.of(5)).elementary()).isEqualTo(3);
        assertThat(f.cost(Shape.of(4), Shape.of(5)).elementary()).isEqualTo(5 + 5);
    }

    @Test void aBranchCostsItsDearerSide() {
        var c = dscalar("c");
        var cost = function(inputs(c, v), ifElse(c.gt(0), sum(exp(v)), sum(v))).cost(1.0, Shape.of(100));
        assertThat(cost.elementary()).isEqualTo(100);
        assertThat(cost.flops()).isEqualTo(100 * (E + 1) + 1);
    }

    @Test void linearAlgebraCountsByTheTextbook() {
        assertThat(function(a, inverse(a)).cost(Shape.of(30, 30)).flops()).isEqualTo(2 * 30 * 30 * 30);
        assertThat(function(inputs(a, b), solve(a, b)).cost(Shape.of(30, 30), Shape.of(30, 4)).flops())
            .isEqualTo(2 * 30 * 30 * 30 / 3 + 2 * 30 * 30 * 4);
    }

    @Test void jacobianTimesVectorNeverHoldsAMatrix() {
        var y = tanh(dot(a, v));
        var product = function(inputs(a, v, w), dot(jacobian(y, v), w));
        var matrix = function(inputs(a, v), sum(exp(jacobian(y, v)), 1));
        for (int n : List.of(100, 1000)) {
            var cost = product.cost(Shape.of(n, n), Shape.of(n), Shape.of(n));
            assertThat(cost.largestElements()).isLessThanOrEqualTo(n);
            assertThat(cost.peakBytes()).isLessThanOrEqualTo(8L * 4 * n);
            assertThat(cost.flops()).isBetween(4L * n * n, 4L * n * n + 30L * n);
            assertThat(matrix.cost(Shape.of(n, n), Shape.of(n)).flops()).isGreaterThan(4L * n * n);
        }
    }

    @Test void whatDoesNotFitInMemoryIsStillCounted() {
        var n = Shape.of(1_000_000);
        var outer = exp(v.dimshuffle(0, "x").times(w.dimshuffle("x", 0)));
        var f = function(inputs(v, w), sum(dot(outer, outer)));
        var cost = f.cost(n, n);
        assertThat(cost.largestElements()).isEqualTo(1_000_000_000_000L);
    }

    @Test void sizesMayDependOnValues() {
        var n = lscalar("n");
        var f = function(n, sum(exp(arange(n).times(0.5))));
        assertThat(f.cost(1000L).elementary()).isEqualTo(1000);
        assertThat(f.cost(Shape.of()).elementary()).isZero();
        assertThat(f.cost(Shape.of()).unknown()).containsExactly("the value of n");
    }

    @Test void whatOnlyRunningTellsCountsAsNothingAndIsSaid() {
        var positive = nonzero(v.gt(0));
        var cost = function(v, exp(v.get(positive.getFirst()))).cost(Shape.of(100));
        assertThat(cost.elementary()).isZero();
        assertThat(cost.unknown()).contains("axis 0 of nonzero(gt(v, 0.0))");
    }

    @Test void arraysAreUsedAgain() {
        var x = v;
        for (int k = 0; k < 6; k++) x = cumsum(tanh(x));
        int n = 1 << 14;
        long peak = peak(v, x, n);
        assertThat(peak).isEqualTo(2 * 8L * n);   // of the five in between, two at a time
        assertThat(peak(v, x, n / 2)).isEqualTo(peak / 2);
        assertThat(allocated(v, x, n) - 8L * n).isBetween(peak, peak + OVERHEAD);
        int large = 1 << 16;
        assertThat(peak(v, x, large)).isEqualTo(8L * large);   // each is written over the one before
        assertThat(allocated(v, x, large) - 8L * large).isBetween(8L * large, 8L * large + OVERHEAD);
    }

    @Test void arraysOfOtherLengthsStayHeld() {
        var small = cumsum(tanh(a.sum(Axes.over(1))));
        var y = sum(cumsum(exp(cumsum(a, 0)), 1)).plus(sum(small));
        long peak = peak(a, y, 1000, 100);
        assertThat(peak).isEqualTo(8 * (2 * 100_000 + 2 * 1000 + 1));
        assertThat(allocated(a, y, 1000, 100)).isBetween(peak, peak + OVERHEAD);
    }

    /// Allocated for a call beside its arrays, whatever their sizes.
    private static final long OVERHEAD = 4_000;

    private static Plan plan(Expr in, Expr out) { return Plan.of(List.of(in), List.of(out), Backend.SCALAR); }

    private static long peak(Expr in, Expr out, int... dims) {
        return Costing.of(plan(in, out).schedule(), List.of(Given.of(Shape.of(dims)))).peakBytes();
    }

    /// What the first call of a plan at a size allocates: its arrays of that size. Code that is still interpreted makes garbage
    /// besides, never less than none, so the least of many plans is nearest to the arrays.
    private static long allocated(Expr in, Expr out, int... dims) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var value = List.of(NDArray.zeros(DType.FLOAT64, dims));
        int[] few = dims.clone();
        Arrays.fill(few, 20);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 40; attempt++) {
            var plan = plan(in, out);
            plan.call(List.of(NDArray.zeros(DType.FLOAT64, few)));   // makes the code
            long before = threads.getCurrentThreadAllocatedBytes();
            plan.call(value);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test void argumentsAreCheckedLikeThoseOfACall() {
        var f = function(inputs(v, w), add(v, w));
        assertThatThrownBy(() -> f.cost(Shape.of(3))).isInstanceOf(AgnesiException.class)
            .hasMessageStartingWith("function needs 2 arguments (v: float64[?], w: float64[?]), but got 1");
        assertThatThrownBy(() -> f.cost(Shape.of(3), Shape.of(3, 4))).isInstanceOf(AgnesiException.class).hasMessage("""
            function needs w of type float64[?], but got shape (3, 4)
            Pass a shape of that rank and those sizes, or a value.""");
        assertThatThrownBy(() -> f.cost(Shape.of(3), Shape.of(4))).isInstanceOf(AgnesiException.class);
        var reference = function().inputs(v).outputs(exp(v)).mode(Mode.REFERENCE).compile();
        assertThatThrownBy(() -> reference.cost(Shape.of(3))).isInstanceOf(AgnesiException.class).hasMessage("""
            cost needs a function that is compiled into kernels, but this one's mode is REFERENCE
            Compile it in another mode.""");
    }

    @Test void readsAsATable() {
        var f = function(inputs(a, v), outputs(sum(sqr(dot(a, v))), List.of(exp(v))));
        assertThat(f.cost(Shape.of(1000, 20), Shape.of(20)).toString()).isEqualTo("""
            step   times   flops  elementary  bytes read  bytes written  largest temporary
            dot        1  40,000           0     160,160          8,000              1,000
            sum        1   2,000           0       8,000              8                  0
            exp        1     400          20         160            160                  0
            total         42,400          20     168,320          8,168              1,000

            peak of temporaries: 8,000 bytes; the largest is A \\dot v: float64[1000]
            """);
    }

    /// Summing the result along what only one factor has costs as much as summing that factor.
    @Test void aSumOfAProductSumsAFactor() {
        var cost = function(inputs(a, b), sum(dot(a, b), 0)).cost(Shape.of(100, 30), Shape.of(30, 40));
        assertThat(cost.flops()).isEqualTo(100 * 30 + 2 * 30 * 40);
    }

    @Test void readsAtKnownPlacesHaveNoKernelOfTheirOwn() {
        var x = dvector("x", 3);
        var f = function(x, x.get(new int[] {1, 2, 0}).times(x.get(new int[] {2, 0, -2})));
        assertThat(f.cost(Shape.of(3)).kernels()).isEqualTo(1);
        assertThat(f.call(new double[] {2, 3, 5})).isEqualTo(NDArray.of(new double[] {15, 10, 6}));
    }

    /// Sums down columns go along the rows: their accumulators are added up at the end of each block of rows, all of them even of one row.
    @Test void sumsDownKnownColumnsAreCounted() {
        var x = tensor("x", DType.FLOAT64, -1, 40);
        assertThat(function(x, sum(x, 0)).cost(Shape.of(1000, 40)).flops()).isEqualTo(1000 * 40 + 32 * 40);
        assertThat(function(x, sum(x, 0)).cost(Shape.of(65_537, 40)).flops()).isEqualTo(65_537 * 40 + 3 * 32 * 40);
    }
}

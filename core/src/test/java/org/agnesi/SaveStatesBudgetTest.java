package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.BudgetError;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// A budget is one loop's, whatever becomes of the loop: several that are gone through again hold it one after the other.
class SaveStatesBudgetTest {
    private static final int SIZE = 32;
    private static final long ROW = 8 * SIZE;
    private static final List<Integer> STEPS = List.of(1000, 4000, 64_000);

    private final Expr W = dmatrix("W");
    private final Expr h0 = dvector("h0");
    private final Expr xs = dmatrix("xs");
    private final Expr V = dmatrix("V");

    private Expr net(Consumer<Loop> saving, Expr start, double factor) {
        var loop = scan();
        saving.accept(loop);
        var x = loop.over(xs);
        var h = loop.state(start);
        h.next(tanh(dot(W, h.previous()).times(factor).plus(x)));
        return h.last();
    }

    private Expr cost(long bytes) { return sum(sqr(net(loop -> loop.saveWithin(bytes), h0, 1))); }

    private IntFunction<Cost> by(Expr y) {
        var f = function(inputs(W, h0, xs, V), y);
        return n -> f.cost(Shape.of(SIZE, SIZE), Shape.of(SIZE), Shape.of(n, SIZE), Shape.of(SIZE, SIZE));
    }

    /// What is there for the rest does not depend on the number of steps, but that without any step there are no last states, of `rows`
    /// rows together.
    private void holds(Expr y, long bytes, int rows) {
        var cost = by(y);
        long rest = cost.apply(0).peakBytes() + rows * ROW;
        for (int n : STEPS) assertThat(cost.apply(n).peakBytes() - rest).as("%d steps", n).isLessThanOrEqualTo(bytes);
    }

    private Expr slope(Expr y) { return grad(sum(y.times(V)), W); }

    @Test void derivativesOfAnyOrderHoldItOnce() {
        var gradient = grad(cost(600_000), W);
        holds(gradient, 600_000, 1);
        holds(rop(gradient, W, V), 600_000, 2);
        holds(slope(gradient), 600_000, 2);
        holds(slope(slope(gradient)), 600_000, 4);
    }

    @Test void loopsBesideEachOtherHoldTheLargerOne() {
        var one = net(loop -> loop.saveWithin(300_000), h0, 1);
        var other = net(loop -> loop.saveWithin(500_000), h0, 2);
        holds(grad(sum(sqr(one).plus(sqr(other))), W), 500_000, 4);
    }

    @Test void oneLoopAfterTheOtherToo() {
        var one = net(loop -> loop.saveWithin(300_000), h0, 1);
        var other = net(loop -> loop.saveWithin(500_000), one, 2);
        holds(grad(sum(sqr(other)), W), 500_000, 4);
    }

    /// A loop whose steps take a product of their own, which another could share.
    private Expr fed(long bytes, Expr start, UnaryOperator<Expr> f) {
        var loop = scan().saveWithin(bytes);
        var x = loop.over(xs);
        var h = loop.state(start);
        h.next(f.apply(h.previous().plus(dot(W, x))));
        return sum(sqr(h.last()));
    }

    /// The least that a gradient by W may hold over 1000 steps, as its error says.
    private long least(Expr... costs) {
        var all = Arrays.stream(costs).reduce(Expr::plus).orElseThrow();
        var error = catchThrowableOfType(BudgetError.class, () -> by(grad(all, W)).apply(1000));
        return Long.parseLong(error.reason().replaceAll("(?s).*saveWithin\\((\\d+)\\).*", "$1"));
    }

    @Test void whatIsEnoughForEachIsEnoughForBoth() {
        long enough = Math.max(least(fed(1, h0, e -> tanh(e))), least(fed(1, h0, e -> sin(e))));
        assertThat(least(fed(1, h0, e -> tanh(e)), fed(1, h0, e -> sin(e)))).isEqualTo(enough);
        assertThat(least(fed(1, h0, e -> tanh(e)), fed(2, h0, e -> sin(e)))).isEqualTo(enough);
        var both = fed(enough, h0, e -> tanh(e)).plus(fed(enough, h0, e -> sin(e)));
        assertThat(by(grad(both, W)).apply(1000).peakBytes()).isPositive();
    }

    @Test void twoGradientsOfALoopHaveTheBudgetEach() {
        long enough = least(fed(1, h0, e -> tanh(e)));
        assertThat(least(fed(1, h0, e -> tanh(e)), sqr(fed(1, h0, e -> tanh(e))))).isEqualTo(enough);
    }

    /// So whatever runs next may have the memory: a call allocates all that it holds, but for two vectors of the rest.
    @Test void nothingIsKeptFromCallToCall() {
        var loop = scan().steps(50).saveEvery(50);
        var h = loop.state(h0);
        h.next(tanh(h.previous().times(1.5)));
        var f = function(h0, grad(sum(h.last()), h0));
        var start = NDArray.generateDoubles(DType.FLOAT64, Shape.of(1000), i -> Math.sin(i));
        assertThat(allocated(() -> f.call(start))).isGreaterThan(f.cost(Shape.of(1000)).peakBytes() - 2 * 8000);
    }

    private static long allocated(Runnable call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

package org.agnesi.run;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What is read for the last time, large enough, is written over.
class InPlaceTest {
    private final Expr x = dmatrix("x"), y = dmatrix("y"), b = dvector("b");
    private final List<Expr> in = List.of(x, y, b);

    private int heirs(Expr... ys) { return Plan.of(in, List.of(ys), Backend.SCALAR).schedule().heirs().size(); }

    @Test void whatReadsItAtOnePlaceEachMayBe() {
        var product = dot(x, y);
        assertThat(heirs(dot(tanh(product.plus(b)), y))).isEqualTo(1);
        assertThat(heirs(dot(exp(product), y))).isEqualTo(1);
        assertThat(heirs(dot(add(product, dot(y, x)), y))).as("over the first of two").isEqualTo(1);
    }

    @Test void whatElseReadsItMayNot() {
        var product = dot(x, y);
        assertThat(heirs(dot(exp(product.T()).plus(b), y))).as("at another place").isZero();
        assertThat(heirs(dot(exp(x), y))).as("the caller's").isZero();
        assertThat(heirs(dot(tanh(product), y), dot(product, y))).as("read later").isZero();
        assertThat(heirs(dot(exp(product).minus(max(product)), y))).as("read by another loop").isZero();
        assertThat(heirs(dot(exp(product.get(range(null, null, -1))), y))).as("backwards").isZero();
        assertThat(heirs(dot(exp(dot(b, y).plus(x)), y))).as("a row for all rows").isZero();
    }

    /// The layer is at its own place where it is asked for too.
    @Test void bitsAreThoseOfAnotherPlace() {
        for (var layer : List.of(tanh(dot(x, y).plus(b)), exp(dot(x, y)), chain(dot(x, y)))) for (int n : new int[] {257, 264}) {
            var at = List.of(values(128, 20), values(20, n), values(n).reshape(n));
            var apart = Plan.of(in, List.of(dot(layer, y.T()), layer), Backend.POINTS).call(at).getFirst();
            for (var backend : Kernels.BACKENDS) {
                var plan = Plan.of(in, List.of(dot(layer, y.T())), backend);
                assertThat(plan.schedule().heirs()).hasSize(1);
                for (int call = 0; call < 2; call++) assertThat(plan.call(at).getFirst()).as("%s, n %d", backend, n).isEqualTo(apart);
            }
        }
    }

    /// So many functions of functions that vectors are in several methods.
    private static Expr chain(Expr z) {
        for (int k = 0; k < 3; k++) z = add(tanh(sub(z, 0.3)), mul(z, sin(z)));
        return z;
    }

    @Test void anArrayLessIsAllocated() {
        int m = 200, n = 300;
        var sums = cumsum(x, 0);
        var out = List.of(NDArray.zeros(DType.FLOAT64, n));
        var at = List.of(values(m, n), values(1, 1), values(n).reshape(n));
        long over = allocated(Plan.of(in, List.of(cumsum(exp(sums).times(b), 1).get(-1)), Backend.SCALAR), out, at);
        long apart = allocated(Plan.of(in, List.of(cumsum(exp(sums).times(b), 1).get(-1).plus(sums.get(-1))), Backend.SCALAR), out, at);
        assertThat(apart - over).isBetween(7L * m * n, 9L * m * n);
    }

    private static long allocated(Plan plan, List<NDArray> out, List<NDArray> at) {
        var small = List.of(values(2, 300), values(1, 1), at.getLast());
        plan.callInto(out, small);   // makes the code
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        plan.callInto(out, at);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test void costCountsItOnce() {
        var f = function(inputs(x, y, b), tanh(dot(tanh(dot(x, y).plus(b)), y.T())));
        long wide = f.cost(Shape.of(1000, 10), Shape.of(10, 256), Shape.of(256)).peakBytes();
        long narrow = f.cost(Shape.of(1000, 10), Shape.of(10, 255), Shape.of(255)).peakBytes();
        assertThat(narrow - wide).isBetween(7L * 1000 * 255, 8L * 1000 * 255);
    }

    private static NDArray values(int... dims) {
        var random = new Random(dims[0]);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian());
    }
}

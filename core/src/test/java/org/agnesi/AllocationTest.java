package org.agnesi;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What a call leaves behind for the garbage collector, by the JVM's own count.
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM = 20_000;
    private static final int CALLS = 1_000;
    /// Bytes of some arrays of one number, in so many calls.
    private static final long HELD = 200L * CALLS;
    private static final long LONGEST = 30_000_000_000L;

    private final Expr v = dvector("v");

    @Test void aCallIntoArraysAllocatesNothing() {
        var cost = sum(div(1, add(1, exp(v.neg()))));
        var steps = sqr(v.get(from(1)).minus(sqr(v.get(upTo(-1)))));
        assertThat(allocated(cost, grad(cost, v))).isZero();
        assertThat(allocated(sum(steps), grad(sum(steps), v))).isZero();
        assertThat(allocated(max(v), softmax(v))).isZero();
    }

    @Test void aLoopOverStepsAllocatesNothing() {
        var states = scan(v, 0.5, (x, s) -> sin(s.plus(x)));
        assertThat(allocated(sum(states), states)).isZero();
    }

    @Test void aLoopThatBranchesAllocatesNothing() {
        var states = scan(v, 0.5, (x, s) -> ifElse(x.lt(s), sin(s.plus(x)), exp(s.neg())));
        assertThat(allocated(sum(states), grad(sum(states), v))).isZero();
    }

    /// Where a body is no program, steps write what they collect into one array, and it is copied from there.
    @Test void stepsShareTheArraysOfWhatTheyCollect() {
        int n = 50, size = 10_000;
        var W = dmatrix("W");
        var h0 = dvector("h0");
        var loop = scan().steps(n);
        var h = loop.state(h0);
        var row = sin(v.times(sum(solve(W, h.previous()))));
        h.next(row.get(range(0, 3)));
        var all = loop.collect(row);
        var f = function(List.of(W, h0, v), all.all());
        List<Object> args = List.of(NDArray.wrap(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3), NDArray.zeros(DType.FLOAT64, 3), NDArray.zeros(DType.FLOAT64, size));
        var outs = List.of(NDArray.zeros(DType.FLOAT64, n, size));
        f.callInto(outs, args);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        f.callInto(outs, args);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * size * (n + n / 2));
    }

    private long allocated(Expr cost, Expr vector) {
        var f = function(v, outputs(cost, List.of(vector)));
        var outs = List.of(NDArray.of(0.0), NDArray.zeros(DType.FLOAT64, 100));
        List<Object> args = List.of(NDArray.zeros(DType.FLOAT64, 100));
        return allocated(() -> f.callInto(outs, args));
    }

    /// Nothing is put in place anew, which takes some thousand bytes.
    @Test void aCallWithNumbersAllocatesWhatHoldsThem() {
        var x = dscalar("x");
        var f = function(List.of(x, v), outputs(sum(v.times(x)), List.of(v.times(x))));
        var outs = List.of(NDArray.of(0.0), NDArray.zeros(DType.FLOAT64, 100));
        List<Object> args = List.of(0.5, NDArray.zeros(DType.FLOAT64, 100));
        assertThat(allocated(() -> f.callInto(outs, args), HELD)).isLessThanOrEqualTo(HELD);
    }

    @Test void aBoundFunctionOfNumbersAllocatesNothing() {
        var x = dscalar("x");
        DoubleUnaryOperator f = function(x, grad(sin(x.times(x)), x)).bind(DoubleUnaryOperator.class);
        var sum = new double[1];
        assertThat(allocated(() -> sum[0] += f.applyAsDouble(sum[0]))).isZero();
    }

    interface Cost { double at(double[] v, double[] gradient); }

    @Test void aBoundFunctionOfSmallArraysAllocatesNothing() {
        var cost = sum(sin(v));
        var f = function(v, outputs(cost, grad(cost, v))).bind(Cost.class, MethodHandles.lookup());
        double[] at = new double[100], gradient = new double[at.length];
        assertThat(allocated(() -> at[0] += f.at(at, gradient))).isZero();
    }

    /// It allocates what wraps its arguments, however long they are.
    @Test void aBoundFunctionOfArraysWritesIntoThem() {
        var cost = sum(sin(v));
        var f = function(v, outputs(cost, grad(cost, v))).bind(Cost.class, MethodHandles.lookup());
        double[] at = new double[100_000], gradient = new double[at.length];
        f.at(at, gradient);
        f.at(at, gradient);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int k = 0; k < 10; k++) f.at(at, gradient);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * at.length);
        assertThat(gradient).containsOnly(1);
    }

    /// In the steady state, which is when HotSpot is done: its first compiler's code has vectors as objects, and its second may be busy.
    private static long allocated(Runnable call) { return allocated(call, 0); }

    private static long allocated(Runnable call, long enough) {
        long least = Long.MAX_VALUE, start = System.nanoTime();
        while (least > enough && System.nanoTime() - start < LONGEST) {
            for (int k = 0; k < WARM; k++) call.run();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < CALLS; k++) call.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

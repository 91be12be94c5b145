package org.agnesi.bench;

import static org.agnesi.Agnesi.describe;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.cholesky;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.inverse;
import static org.agnesi.Tensors.solve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.run.Library;
import org.agnesi.symbolic.Expr;

/// Products and decompositions with the library and without, in turn: `STRICT` functions use none. Medians of rounds.
public final class WithLibrary {
    private static final int ROUNDS = 15, WARM_UP = 12;
    private static final long ROUND = 50_000_000;
    private static final Random RANDOM = new Random(7);

    private WithLibrary() {}

    public static void main(String[] args) {
        IO.println(describe());
        if (Library.load().blas() == null) {
            IO.println("there is nothing to compare with: no library can be used here");
            return;
        }
        IO.println("work            µs without      µs with    with/without");
        var a = dmatrix("a");
        var b = dmatrix("b");
        var x = dvector("x");
        for (int n : new int[] {8, 32, 64, 1024}) report("gemm", n, List.of(a, b), dot(a, b), matrix(n, n), matrix(n, n));
        for (int n : new int[] {10, 100, 1000}) {
            report("gemv", n, List.of(a, x), dot(a, x), matrix(n, n), matrix(n));
            report("gemv, transposed", n, List.of(a, x), dot(x, a), matrix(n, n), matrix(n));
        }
        for (int n : new int[] {3, 30, 500}) {
            report("cholesky", n, List.of(a), cholesky(a), regular(n));
            report("solve", n, List.of(a, x), solve(a, x), regular(n), matrix(n));
            report("inverse", n, List.of(a), inverse(a), regular(n));
        }
    }

    private static void report(String what, int n, List<Expr> inputs, Expr y, NDArray... at) {
        var own = function().inputs(inputs).outputs(y).mode(Mode.STRICT).compile();
        var with = function(inputs, y);
        var out = NDArray.zeros(DType.FLOAT64, own.call((Object[]) at).shape());
        double[] a = new double[ROUNDS], b = new double[ROUNDS], ratios = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double without = time(own, out, at), by = time(with, out, at);
            if (round < 0) continue;
            a[round] = without;
            b[round] = by;
            ratios[round] = by / without;
        }
        IO.println(String.format(Locale.ROOT, "%-22s %10.2f %12.2f %10.2f", what + " " + n, median(a), median(b), median(ratios)));
    }

    /// Microseconds a call.
    private static double time(Compiled f, NDArray out, NDArray[] at) {
        long start = System.nanoTime(), now = start;
        int calls = 0;
        for (; now - start < ROUND; now = System.nanoTime()) {
            f.callInto(List.of(out), List.of(at));
            calls++;
        }
        return (now - start) / 1e3 / calls;
    }

    private static double median(double[] all) {
        Arrays.sort(all);
        return all[all.length / 2];
    }

    private static NDArray matrix(int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> RANDOM.nextGaussian());
    }

    /// Symmetric, with a diagonal that dominates.
    private static NDArray regular(int n) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(n, n), i -> i / n == i % n ? 2 * n : Math.cos(i / n + i % n));
    }
}

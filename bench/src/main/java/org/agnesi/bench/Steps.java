package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agnesi.Compiled;
import org.agnesi.symbolic.Expr;

/// What loops cost: a recurrent net `h ← tanh(W·h + x)` and a cell with gates, forward and gradient, and a recurrence of
/// numbers. Medians of calls that last about a second in all, after as long a warm-up.
public final class Steps {
    private static final Random RANDOM = new Random(7);

    private Steps() {}

    public static void main(String[] args) {
        IO.println("loop                       steps     µs a call    ns a step");
        for (int n : new int[] {16, 128}) {
            recurrent(n, 1000, false);
            recurrent(n, 1000, true);
        }
        gated(14, 1024, false);
        gated(14, 1024, true);
        numbers(1_000_000);
    }

    private static void recurrent(int n, int steps, boolean gradient) {
        var w = dmatrix("W");
        var x = dmatrix("x");
        var h0 = dvector("h0");
        var last = scan(x, h0, (xt, h) -> tanh(dot(w, h).plus(xt))).get(-1);
        var in = new Object[] {matrix(n, n, 0.5 / Math.sqrt(n)), matrix(steps, n, 1), matrix(1, n, 1)[0]};
        report("tanh(W·h + x) n = " + n, gradient, steps, compiled(List.of(w, x, h0), last, gradient), in);
    }

    /// An LSTM whose weights are diagonal: only elementwise work in a step.
    private static void gated(int n, int steps, boolean gradient) {
        var w = dmatrix("W");
        var b = dmatrix("b");
        var x = dmatrix("x");
        var h0 = dvector("h0");
        var c0 = dvector("c0");
        var last = scan(x, List.of(h0, c0), (xt, s) -> {
            var gates = w.times(s.get(0)).plus(b).plus(xt);
            var c = sigmoid(gates.get(0)).times(s.get(1)).plus(sigmoid(gates.get(1)).times(tanh(gates.get(2))));
            return List.of(sigmoid(gates.get(3)).times(tanh(c)), c);
        }).getFirst().get(-1);
        var in = new Object[] {matrix(4, n, 0.5), matrix(4, n, 0.5), matrix(steps, n, 1), matrix(1, n, 1)[0], matrix(1, n, 1)[0]};
        report("gates b = " + n, gradient, steps, compiled(List.of(w, b, x, h0, c0), last, gradient), in);
    }

    private static void numbers(int steps) {
        var x0 = dscalar("x0");
        var last = scan(arange(constant(steps)), x0, (_, x) -> x.times(3.7).times(constant(1).minus(x))).get(-1);
        report("x ← 3.7·x·(1 − x)", false, steps, function(x0, last), 0.3);
    }

    private static Compiled compiled(List<Expr> in, Expr last, boolean gradient) {
        var cost = sum(last.times(last));
        return gradient ? function(inputs(in.toArray(Expr[]::new)), outputs(cost, grad(cost, in)))
            : function(inputs(in.toArray(Expr[]::new)), last);
    }

    private static void report(String what, boolean gradient, int steps, Compiled f, Object... in) {
        time(f, in);
        double micros = time(f, in);
        IO.println(String.format(Locale.ROOT, "%-26s %7d %11.1f %12.1f",
            what + (gradient ? ", gradient" : ""), steps, micros, micros * 1e3 / steps));
    }

    private static double time(Compiled f, Object... in) {
        long end = System.nanoTime() + 1_000_000_000;
        var times = new double[100_000];
        int n = 0;
        while (n < 5 || n < times.length && System.nanoTime() < end) {
            long start = System.nanoTime();
            f.callAll(in);
            times[n++] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(times, 0, n);
        return times[n / 2];
    }

    private static double[][] matrix(int rows, int columns, double scale) {
        var m = new double[rows][columns];
        for (var row : m) Arrays.setAll(row, _ -> scale * RANDOM.nextGaussian());
        return m;
    }
}

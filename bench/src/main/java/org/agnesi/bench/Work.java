package org.agnesi.bench;

import static org.agnesi.Agnesi.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.Compiled;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Peer.Measured;
import org.agnesi.symbolic.Expr;

/// One thing to compute, as users write it, on arrays that all sides have: element i of an input is `sin(a i + b)`.
///
/// @param n        its size
/// @param formula  the inputs and results
/// @param arguments the inputs' values
record Work(String name, int n, Formula formula, List<NDArray> arguments) {
    private static final int BATCH = 20_000;

    record Formula(List<Expr> inputs, List<Expr> results) {
        Formula(Expr input, Expr result) { this(List.of(input), List.of(result)); }
        Formula(List<Expr> inputs, Expr result) { this(inputs, List.of(result)); }
    }

    static NDArray array(double a, double b, double scale, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        var values = new double[size];
        for (int i = 0; i < size; i++) values[i] = scale * Math.sin(a * i + b);
        return NDArray.wrap(values, shape);
    }

    /// Compiles it and calls it once, then into the same arrays for so many milliseconds.
    Running start() {
        long start = System.nanoTime();
        var compiled = function(formula.inputs(), formula.results());
        var outs = compiled.callAll(arguments.toArray());
        return new Running(compiled, outs, System.nanoTime() - start);
    }

    /// A work that is compiled.
    final class Running {
        private final Compiled compiled;
        private final List<NDArray> outs;
        private final long first;

        Running(Compiled compiled, List<NDArray> outs, long first) {
            this.compiled = compiled;
            this.outs = outs;
            this.first = first;
        }

        Measured measure(int milliseconds) {
            long begun = System.nanoTime();
            int calls = 0;
            while (System.nanoTime() - begun < 20_000_000 || calls < 3) {
                compiled.callInto(outs, arguments);
                calls++;
            }
            int batch = (int) Math.max(1, BATCH / ((System.nanoTime() - begun) / calls));
            var times = new ArrayList<Double>();
            begun = System.nanoTime();
            while (System.nanoTime() - begun < milliseconds * 1_000_000L || times.size() < 5) {
                long start = System.nanoTime();
                for (int k = 0; k < batch; k++) compiled.callInto(outs, arguments);
                times.add((double) (System.nanoTime() - start) / batch);
            }
            times.sort(null);
            return new Measured(times.get(times.size() / 2), times.getFirst(), first, checksum());
        }

        private double checksum() {
            double sum = 0;
            for (var out : outs) for (double x : out.toDoubleArray()) sum += Math.abs(x);
            return sum;
        }
    }
}

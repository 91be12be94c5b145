package org.agnesi.bench;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Tensors.dscalar;

import java.util.function.DoubleUnaryOperator;

/// Works that a Java programmer writes as loops, and the shortest call there is.
final class ByHand {
    private ByHand() {}

    /// A function of numbers: each call has another argument, and what comes out is used.
    private static final class Numbers implements Running {
        private final DoubleUnaryOperator f;
        private double sum;

        Numbers(DoubleUnaryOperator f) { this.f = f; }

        @Override public void run(int calls) {
            double s = 0;
            for (int k = 0; k < calls; k++) s += f.applyAsDouble(k);
            sum = s;
        }

        @Override public double checksum() { return sum < 0 ? sum : Math.abs(f.applyAsDouble(Math.sin(0.1))); }
    }

    static Running bound() {
        var x = dscalar("x");
        return new Numbers(function(x, x.times(2)).bind(DoubleUnaryOperator.class));
    }

    static Running twice() { return new Numbers(x -> 2 * x); }

    /// The gradient of Rosenbrock's function.
    static Running rosenbrock(double[] x) {
        var g = new double[x.length];
        return new Running.Loop(() -> rosenbrock(x, g), g);
    }

    private static void rosenbrock(double[] x, double[] g) {
        g[0] = 0;
        for (int i = 0; i < x.length - 1; i++) {
            double t = x[i + 1] - x[i] * x[i];
            g[i] += -400 * x[i] * t - 2 * (1 - x[i]);
            g[i + 1] = 200 * t;
        }
    }
}

package org.agnesi.bench;

import static org.agnesi.Agnesi.function;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;

/// A formula of few elements, bound to an interface of arrays, as who calls it often has it.
record Bound(List<? extends Expr> inputs, Expr result, List<NDArray> at) implements Running.Start {
    /// Elements up to which a call of arrays of all shapes costs more than the work.
    static final int MOST = 1000;

    /// A number of a vector.
    interface Value {
        double of(double[] x);
    }

    /// A vector of a vector.
    interface Vector {
        void of(double[] x, double[] yOut);
    }

    /// A vector of four.
    interface VectorOfFour {
        void of(double[] a, double[] b, double[] c, double[] d, double[] yOut);
    }

    @Override public Running start() {
        var f = function(inputs, List.of(result));
        var in = at.stream().map(NDArray::toDoubleArray).toList();
        if (result.type().rank() == 0) return new Numbers(f.bind(Value.class, MethodHandles.lookup()), in.getFirst());
        var out = new double[in.getFirst().length];
        if (in.size() == 1) {
            var vector = f.bind(Vector.class, MethodHandles.lookup());
            return new Running.Loop(() -> vector.of(in.getFirst(), out), out);
        }
        var four = f.bind(VectorOfFour.class, MethodHandles.lookup());
        return new Running.Loop(() -> four.of(in.get(0), in.get(1), in.get(2), in.get(3), out), out);
    }

    /// Each call's number is used.
    private static final class Numbers implements Running {
        private final Value f;
        private final double[] x;
        private double sum;

        Numbers(Value f, double[] x) {
            this.f = f;
            this.x = x;
        }

        @Override public void run(int calls) {
            double s = 0;
            for (int k = 0; k < calls; k++) s += f.of(x);
            sum = s;
        }

        @Override public double checksum() { return sum < 0 ? sum : Math.abs(f.of(x)); }
    }
}

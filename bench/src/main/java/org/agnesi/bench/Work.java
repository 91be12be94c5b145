package org.agnesi.bench;

import static org.agnesi.Agnesi.function;

import java.util.List;
import java.util.function.Supplier;
import org.agnesi.Compiled;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// One thing to compute, as users write it, on arrays that all sides have.
///
/// @param size  its size, or what else can be told of it once it has run
/// @param asked how peers know it
/// @param hand  the same without what Agnesi finds out by itself: explicit sweeps, or Java
record Work(Table table, String name, Supplier<String> size, String asked, Running.Start own, Running.@Nullable Start hand) {
    Work(Table table, String name, int n, Running.Start own) { this(table, name, n, own, null); }

    Work(Table table, String name, int n, Running.Start own, Running.@Nullable Start hand) {
        this(table, name, () -> n == 0 ? "" : String.valueOf(n), name + " " + n, own, hand);
    }

    /// A formula at a point: compiled, and called into the same arrays.
    record Formula(List<? extends Expr> inputs, List<? extends Expr> results, List<NDArray> at) implements Running.Start {
        Formula(Expr input, Expr result, NDArray at) { this(List.of(input), List.of(result), List.of(at)); }
        Formula(List<? extends Expr> inputs, Expr result, List<NDArray> at) { this(inputs, List.of(result), at); }

        @Override public Running start() {
            var f = function(inputs, results);
            return new Into(f, f.callAll(at), at);
        }
    }

    private record Into(Compiled f, List<NDArray> outs, List<NDArray> at) implements Running {
        @Override public void run(int calls) {
            for (int k = 0; k < calls; k++) f.callInto(outs, at);
        }

        @Override public double checksum() {
            double sum = 0;
            for (var out : outs) for (double x : out.toDoubleArray()) sum += Math.abs(x);
            return sum;
        }
    }
}

package org.agnesi;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;

/// What tests of loops that store few states have in common: a net's weights, start, sequence and directions, and their values.
final class SavedLoops {
    /// A loop that stores all its states.
    static final Consumer<Loop> ALL = _ -> { };
    /// Bytes of a state, in measurements.
    static final long ROW = 8 * 32;

    static final Expr W = dmatrix("W");
    static final Expr h0 = dvector("h0");
    static final Expr xs = dmatrix("xs");
    static final Expr V = dmatrix("V");
    static final Expr v = dvector("v");

    private SavedLoops() {}

    static NDArray numbers(int... dims) { return moved(-1, 0, dims); }

    /// The same with one entry moved.
    static NDArray moved(int entry, double by, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> Math.sin(i + 1) / 2 + (i == entry ? by : 0));
    }

    /// By how many bytes 3,000 steps more raise the peak.
    static long growth(IntFunction<Cost> cost) { return cost.apply(4000).peakBytes() - cost.apply(1000).peakBytes(); }
}

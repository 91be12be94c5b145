package org.agnesi.op;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import org.agnesi.Tensors;

/// Samples of the functions that combine elements along axes.
final class ReductionSamples {
    private ReductionSamples() {}

    static List<Sample> all() {
        return List.of(
            unary("sum", Tensors::sum, Input.of(3, 4)).and(INT32, BOOL),
            unary("sum of a scalar", Tensors::sum, Input.of()).and(INT32),
            unary("sum of nothing", x -> Tensors.sum(x, 0), Input.of(0, 4)).and(INT32),
            unary("sum over axis 0", x -> Tensors.sum(x, 0), Input.of(3, 4)).and(INT32),
            unary("sum over the last axis, kept", x -> Tensors.sum(x, Tensors.axes(-1).keep()), Input.of(3, 4)),
            unary("sum over two axes", x -> Tensors.sum(x, 0, -1), Input.of(2, 3, 4)));
    }
}

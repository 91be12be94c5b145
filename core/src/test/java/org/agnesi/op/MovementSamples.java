package org.agnesi.op;

import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.op.Sample.binary;
import static org.agnesi.op.Sample.of;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Tensors;

/// Samples of dimshuffle, reshape, flip, concatenate.
final class MovementSamples {
    private MovementSamples() {}

    static List<Sample> all() { return Stream.of(orders(), shapes(), repeats(), joins()).flatMap(List::stream).toList(); }

    private static List<Sample> orders() {
        return List.of(
            unary("transpose", Tensors::transpose, Input.of(2, 3, 4)).and(INT32, BOOL),
            unary("transpose to an order", x -> Tensors.transpose(x, 1, -1, 0), Input.of(2, 3, 4)),
            unary("dimshuffle", x -> x.dimshuffle(1, "x", 0), Input.of(2, 3)),
            unary("dimshuffle drops", x -> x.dimshuffle(1), Input.of(1, 3)),
            unary("swapaxes", x -> Tensors.swapaxes(x, 0, -1), Input.of(2, 3, 4)),
            unary("moveaxis", x -> Tensors.moveaxis(x, 0, -1), Input.of(2, 3, 4)),
            unary("squeeze", Tensors::squeeze, Input.of(2, 1, 3, 1)),
            unary("expandDims at the end", x -> Tensors.expandDims(x, -1), Input.of(2, 3)),
            unary("flip", Tensors::flip, Input.of(2, 3)).and(INT32),
            unary("flip one axis", x -> Tensors.flip(x, 1), Input.of(2, 3)),
            unary("roll", x -> Tensors.roll(x, 2, 0), Input.of(3, 2)),
            unary("roll back", x -> Tensors.roll(x, -4, 1), Input.of(2, 3)));
    }

    private static List<Sample> shapes() {
        return List.of(
            unary("reshape", x -> x.reshape(3, -1), Input.of(2, 6)).and(INT32, BOOL),
            unary("reshape by a length", x -> x.reshape(-1, x.length(0)), Input.of(2, 6)),
            unary("reshape to a scalar", x -> x.reshape(), Input.of(1, 1)),
            unary("reshape by a shape", x -> x.reshape(x.T().shape()), Input.of(2, 3)),
            unary("reshape nothing", x -> x.reshape(0, 5), Input.of(2, 0)),
            unary("flatten", Tensors::flatten, Input.of(2, 3, 2)),
            unary("flatten a scalar", Tensors::flatten, Input.of()),
            unary("shape", Tensors::shape, Input.of(2, 3)),
            unary("broadcastTo", x -> Tensors.broadcastTo(x, 2, 3, 4), Input.of(3, 1)));
    }

    private static List<Sample> repeats() {
        return List.of(
            unary("tile", x -> Tensors.tile(x, 2, 3), Input.of(2, 3)),
            unary("tile to more dimensions", x -> Tensors.tile(x, 2, 1, 2), Input.of(2, 3)),
            unary("tile some", x -> Tensors.tile(x, 2), Input.of(2, 3)),
            unary("repeat", x -> Tensors.repeat(x, 3, 1), Input.of(2, 3)),
            unary("repeat rows", x -> Tensors.repeat(x, x.length(1), 0), Input.of(2, 3)));
    }

    private static List<Sample> joins() {
        return List.of(
            binary("concatenate", Tensors::concatenate, Input.of(2, 3), Input.of(1, 3)).and(INT32, BOOL),
            of("concatenate on axis 1", in -> Tensors.concatenate(in, 1), Input.of(2, 3), Input.of(2, 0), Input.of(2, 2)),
            unary("concatenate with itself", x -> Tensors.concatenate(x, x), Input.of(3)),
            binary("stack scalars", Tensors::stack, Input.of(), Input.of()),
            of("stack on the last axis", in -> Tensors.stack(in, -1), Input.of(2, 3), Input.of(2, 3)).and(INT32),
            Sample.all("split", in -> Tensors.split(in.getFirst(), 2, 1), Input.of(2, 4)));
    }
}

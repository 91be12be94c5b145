package org.agnesi.op;

import static org.agnesi.Tensors.axes;
import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.UINT8;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.stream.Stream;
import org.agnesi.Tensors;

/// Samples of the functions that combine elements along axes.
final class ReductionSamples {
    private ReductionSamples() {}

    static List<Sample> all() { return Stream.of(sums(), extrema(), truths(), exponentials(), moments()).flatMap(List::stream).toList(); }

    private static List<Sample> sums() {
        return List.of(
            unary("sum", Tensors::sum, Input.of(3, 4)).and(INT32, BOOL),
            unary("sum of a scalar", Tensors::sum, Input.of()).and(INT32),
            unary("sum of nothing", x -> Tensors.sum(x, 0), Input.of(0, 4)).and(INT32),
            unary("sum over axis 0", x -> Tensors.sum(x, 0), Input.of(3, 4)).and(INT32),
            unary("sum over the last axis, kept", x -> Tensors.sum(x, axes(-1).keep()), Input.of(3, 4)),
            unary("sum over two axes", x -> Tensors.sum(x, 0, -1), Input.of(2, 3, 4)));
    }

    private static List<Sample> extrema() {
        return List.of(
            unary("max", Tensors::max, Input.distinct(3, 4)).and(INT32, BOOL, UINT8),
            unary("max over axis 0", x -> Tensors.max(x, 0), Input.distinct(3, 4)).and(INT32),
            unary("max over two axes, kept", x -> Tensors.max(x, axes(0, -1).keep()), Input.distinct(2, 3, 4)),
            unary("max along an axis of columns of nothing", x -> Tensors.max(x, 0), Input.of(3, 0)),
            unary("max of a scalar", Tensors::max, Input.of()),
            unary("min", Tensors::min, Input.distinct(3, 4)).and(INT32, BOOL),
            unary("min over the last axis", x -> Tensors.min(x, -1), Input.distinct(3, 4)).and(INT32),
            unary("ptp", Tensors::ptp, Input.distinct(3, 4)).and(INT32));
    }

    private static List<Sample> truths() {
        return List.of(
            unary("any", Tensors::any, Input.of(3, 4)).in(BOOL, INT32),
            unary("any over axis 1", x -> Tensors.any(x, 1), Input.of(3, 4)).in(BOOL, INT32),
            unary("any of nothing", Tensors::any, Input.of(0)).in(BOOL),
            unary("all", Tensors::all, Input.of(3, 4)).in(BOOL, INT32),
            unary("all over axis 0, kept", x -> Tensors.all(x, axes(0).keep()), Input.of(3, 4)).in(BOOL),
            unary("all of nothing", Tensors::all, Input.of(0)).in(BOOL));
    }

    private static List<Sample> exponentials() {
        return List.of(
            unary("logsumexp", Tensors::logsumexp, Input.of(3, 4)).and(INT32),
            unary("logsumexp over axis 0", x -> Tensors.logsumexp(x, 0), Input.of(3, 4)),
            unary("logsumexp far out", x -> Tensors.logsumexp(x, 1), Input.values(800, 801, 799, -900, -901, -905).shaped(2, 3)),
            unary("softmax", Tensors::softmax, Input.of(3, 4)).and(INT32),
            unary("softmax over axis 0", x -> Tensors.softmax(x, 0), Input.of(3, 4)),
            unary("softmax over two axes", x -> Tensors.softmax(x, 0, 2), Input.of(2, 3, 4)),
            unary("softmax of a scalar", Tensors::softmax, Input.of()),
            unary("softmax of no rows", Tensors::softmax, Input.of(0, 3)),
            unary("logSoftmax", Tensors::logSoftmax, Input.of(3, 4)).and(INT32),
            unary("logSoftmax over axis 0", x -> Tensors.logSoftmax(x, 0), Input.of(3, 4)),
            unary("logSoftmax far out", Tensors::logSoftmax, Input.values(0, -800, 800)));
    }

    private static List<Sample> moments() {
        return List.of(
            unary("mean", Tensors::mean, Input.of(3, 4)).and(INT32, BOOL),
            unary("mean over axis 0", x -> Tensors.mean(x, 0), Input.of(3, 4)),
            unary("mean over the last axis, kept", x -> Tensors.mean(x, axes(-1).keep()), Input.of(3, 4)).and(INT32),
            unary("var", Tensors::var, Input.of(3, 4)).and(INT32),
            unary("var over axis 1", x -> Tensors.var(x, 1), Input.of(3, 4)),
            unary("var of a sample", x -> Tensors.var(x, axes(0), 1), Input.of(3, 4)),
            unary("std", Tensors::std, Input.of(3, 4)),
            unary("std over axis 0", x -> Tensors.std(x, 0), Input.of(3, 4)),
            unary("norm", Tensors::norm, Input.of(3, 4)).and(INT32),
            unary("norm over axis 1", x -> Tensors.norm(x, 1), Input.of(3, 4)));
    }
}

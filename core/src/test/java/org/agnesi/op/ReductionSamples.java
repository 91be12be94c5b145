package org.agnesi.op;

import static org.agnesi.Tensors.axes;
import static org.agnesi.array.DType.BOOL;
import static org.agnesi.array.DType.INT32;
import static org.agnesi.array.DType.UINT8;
import static org.agnesi.op.Sample.Except.DERIVATIVE;
import static org.agnesi.op.Sample.unary;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.agnesi.Tensors;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;

/// Samples of the functions that combine elements along axes.
final class ReductionSamples {
    private ReductionSamples() {}

    static List<Sample> all() { return Stream.of(sums(), extrema(), truths(), products(), running(), exponentials(), moments()).flatMap(List::stream).toList(); }

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

    private static List<Sample> products() {
        return List.of(
            unary("prod", Tensors::prod, Input.of(3, 4)).and(INT32, BOOL),
            unary("prod of nothing", Tensors::prod, Input.of(0)).and(INT32),
            unary("prod over axis 0", x -> Tensors.prod(x, 0), Input.of(3, 4)).and(INT32),
            unary("prod over two axes, kept", x -> Tensors.prod(x, axes(0, 2).keep()), Input.of(2, 3, 2)),
            unary("prod with none, one and two zeros", x -> Tensors.prod(x, 1), Input.values(2, 3, 5, 2, 0, 5, 0, 3, 0).shaped(3, 3)),
            unary("third derivative of prod with zeros", x -> gradient(gradient(Tensors.prod(x))), Input.values(2, 0, 5, 0, 3)),
            unary("prod along zeros, pushed", x -> Push.push(List.of(Tensors.prod(x, 0)), List.of(x), List.of(Tensors.sin(x))).getFirst(), Input.values(2, 0, 5, 0, 3)));
    }

    private static List<Sample> running() {
        return List.of(
            unary("cumsum", Tensors::cumsum, Input.of(4)).and(INT32, BOOL),
            unary("cumsum over axis 0", x -> Tensors.cumsum(x, 0), Input.of(3, 4)).and(INT32),
            unary("cumsum over the last axis", x -> Tensors.cumsum(x, -1), Input.of(2, 3, 4)),
            unary("cumsum of nothing", Tensors::cumsum, Input.of(0)),
            unary("cumprod", Tensors::cumprod, Input.of(4)).and(INT32, BOOL),
            unary("cumprod over axis 0", x -> Tensors.cumprod(x, 0), Input.of(3, 4)),
            unary("cumprod with zeros", x -> Tensors.cumprod(x, -1), Input.values(2, 3, 5, 2, 0, 5, 0, 3, 0).shaped(3, 3)),
            unary("third derivative of cumprod with zeros", x -> gradient(gradient(Tensors.cumprod(x))), Input.values(2, 0, 5, 0, 3)),
            unary("argmax", Tensors::argmax, Input.distinct(3, 4)).and(INT32, BOOL),
            unary("argmax over axis 0", x -> Tensors.argmax(x, 0), Input.distinct(3, 4)).and(INT32),
            unary("argmax of a scalar", Tensors::argmax, Input.of()),
            unary("argmax, kept", x -> Tensors.argmax(x, axes().keep()), Input.distinct(3, 4)),
            unary("argmin over the last axis, kept", x -> Tensors.argmin(x, axes(-1).keep()), Input.distinct(2, 3, 4)).and(INT32));
    }

    private static Expr gradient(Expr y) {
        var x = Graph.inOrder(List.of(y)).getFirst().result(0);
        var cost = Tensors.sum(Tensors.mul(y, Tensors.add(y, 1)));
        return Objects.requireNonNull(Pull.pull(List.of(cost), List.of(Tensors.fill(cost, 1.0)), List.of(x)).getFirst());
    }

    private static List<Sample> exponentials() {
        return List.of(
            unary("logsumexp", Tensors::logsumexp, Input.of(3, 4)).and(INT32),
            unary("logsumexp over axis 0", x -> Tensors.logsumexp(x, 0), Input.of(3, 4)),
            unary("logsumexp far out", x -> Tensors.logsumexp(x, 1), Input.values(800, 801, 799, -900, -901, -905).shaped(2, 3)),
            unary("softmax", Tensors::softmax, Input.of(3, 4)).and(INT32),
            unary("softmax over axis 0", x -> Tensors.softmax(x, 0), Input.of(3, 4)),
            unary("softmax over two axes", x -> Tensors.softmax(x, 0, 2), Input.of(2, 3, 4)),
            unary("softmax over an axis of size 1", x -> Tensors.softmax(x, 1), Input.of(7, 1)),
            unary("softmax of a scalar", Tensors::softmax, Input.of()),
            unary("softmax of nothing", Tensors::softmax, Input.of(0).declared()),
            unary("logsumexp of nothing", Tensors::logsumexp, Input.of(0).declared()).except(DERIVATIVE),
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

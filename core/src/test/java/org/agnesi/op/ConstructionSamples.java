package org.agnesi.op;

import static org.agnesi.array.DType.FLOAT64;
import static org.agnesi.array.DType.INT64;

import java.util.List;
import java.util.function.Supplier;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.symbolic.Expr;

/// Samples of arange, eye, oneHot, cast to a shape.
final class ConstructionSamples {
    private ConstructionSamples() {}

    static List<Sample> all() {
        return List.of(
            Sample.binary("fill", Tensors::fill, Input.of(3, 4), Input.of()).and(DType.INT32, DType.BOOL),
            made("arange", () -> Tensors.arange(4)),
            made("arange down", () -> Tensors.arange(7, -2, -3)),
            made("arange of reals", () -> Tensors.arange(0.5, 2, 0.25)),
            made("arange of nothing", () -> Tensors.arange(-3)),
            Sample.unary("arange of a length", x -> Tensors.mul(x, Tensors.arange(x.length())), Input.of(4)),
            Sample.of("arange of expressions", in -> Tensors.arange(in.get(0), in.get(1), 2),
                Input.values(-3).shaped().as(INT64), Input.values(6).shaped().as(INT64)).in(FLOAT64),
            Sample.of("arange by an expression", in -> Tensors.arange(in.get(0), in.get(1), in.get(2)),
                Input.values(6).shaped().as(INT64), Input.values(-3).shaped().as(INT64), Input.values(-4).shaped().as(INT64)).in(FLOAT64),
            made("linspace", () -> Tensors.linspace(1, 2, 5)),
            made("zeros", () -> Tensors.zeros(2, 3)),
            made("ones of int32", () -> Tensors.ones(DType.INT32, 2)),
            Sample.unary("full", x -> Tensors.full(x, 2, 3), Input.of()),
            Sample.unary("zerosLike", x -> Tensors.add(x, Tensors.zerosLike(x)), Input.of(2, 3)).and(INT64),
            Sample.unary("onesLike", x -> Tensors.mul(x, Tensors.onesLike(x)), Input.of(2, 3)).and(INT64),
            Sample.unary("eyeLike", x -> Tensors.mul(x, Tensors.eyeLike(x)), Input.of(2, 3)).and(INT64),
            Sample.binary("fullLike", Tensors::fullLike, Input.of(2, 3), Input.of()),
            made("eye", () -> Tensors.eye(3)),
            Sample.unary("eye of lengths", x -> Tensors.mul(x, Tensors.eye(x.length(0), x.length(1), 1)), Input.of(3, 4)),
            Sample.of("oneHot", in -> Tensors.oneHot(in.getFirst(), 4), Input.of(2, 3).as(INT64).between(-1, 4)).in(FLOAT64),
            made("tri", () -> Tensors.tri(3, 4, -1)),
            Sample.unary("tril", Tensors::tril, Input.of(3, 4)).and(INT64),
            Sample.unary("triu of a batch", x -> Tensors.triu(x, 1), Input.of(2, 3, 3)));
    }

    private static Sample made(String label, Supplier<Expr> formula) { return Sample.of(label, _ -> formula.get()).in(FLOAT64); }
}

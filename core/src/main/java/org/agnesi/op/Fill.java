package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op2;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The scalar `v` in the shape of `a`, whose values do not matter: `fill(a, v)`.
public record Fill() implements Op2 {
    public static Expr fill(Expr a, Expr v) { return new Fill().apply(a, v); }

    @Override public TensorType infer(Expr a, Expr v) {
        if (v.type().rank() != 0) throw new org.agnesi.error.TypeError("""
            fill needs a scalar to fill with, but got %s of type %s
            Use broadcastTo for a tensor.""".formatted(v, v.type()));
        return a.type().with(v.type().dtype());
    }

    @Override public NDArray eval(NDArray a, NDArray v) { return v.take(a.shape(), i -> 0); }
    @Override public List<@Nullable Expr> outputShape(Expr a, Expr v) { return List.copyOf(a.lengths()); }

    /// `a` is connected, with derivative 0, as in the gradient of a gradient that is constant.
    @Override public List<Partial> partials(Expr a, Expr v, Expr y) {
        return List.of(Partial.zero(), Partial.linear(dv -> fill(a, dv), Sum::sum));
    }

    @Override public Lowering lower(Operand a, Operand v, Operand y) { return new Lowering.View(1, List.<Scalar>of()); }

    @Override public Optional<List<Expr>> batch(Batch b) {
        if (!b.has(1)) return Optional.of(List.of(fill(b.in(0), b.in(1))));
        var a = b.full(0);
        int[] pattern = IntStream.range(0, a.type().rank()).map(i -> i == 0 ? 0 : DimShuffle.NEW).toArray();
        return Optional.of(List.of(BroadcastTo.broadcastTo(DimShuffle.dimshuffle(b.in(1), pattern), a.lengths())));
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.get(1)); }
    @Override public boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.get(1)); }
}

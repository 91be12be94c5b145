package org.agnesi.op;

import java.util.List;
import java.util.Optional;
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

/// `x` itself, once `g` is there: what is made of it is not what is made of `x`, so that it is computed again and not before.
public record Again() implements Op2 {
    static Expr again(Expr x, Expr g) { return Expr.of(new Again(), x, g); }

    @Override public TensorType infer(Expr x, Expr g) { return x.type(); }
    @Override public NDArray eval(NDArray x, NDArray g) { return x; }
    @Override public List<@Nullable Expr> outputShape(Expr x, Expr g) { return List.copyOf(x.lengths()); }
    @Override public List<Partial> partials(Expr x, Expr g, Expr y) { return List.of(Partial.symmetric(dy -> dy), Partial.disconnected()); }
    @Override public Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(again(b.in(0), b.in(1)))); }

    @Override public Lowering lower(Operand x, Operand g, Operand y) {
        return new Lowering.View(0, IntStream.range(0, x.dims().size()).<Scalar>mapToObj(Scalar.Index::new).toList());
    }

    @Override public boolean waits() { return true; }
}

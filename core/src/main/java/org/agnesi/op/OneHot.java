package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `y[…, j] = 1` where `j = i[…]`, else 0: rows of zeros for positions outside `0 … n − 1`. Args are `i` and `n`.
public record OneHot(DType dtype) implements OpN {
    public static Expr oneHot(Expr index, Object n, DType dtype) {
        if (!Required.of("oneHot", "positions", index).type().dtype().isInteger()) throw new TypeError("""
            oneHot needs integer positions, but got %s of type %s
            Cast them to int64.""".formatted(index, index.type()));
        return Expr.of(new OneHot(dtype), Cast.cast(index, DType.INT64), Sizes.size("oneHot", n));
    }

    @Override public TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.get(0).type().dims());
        dims.add(Sizes.dim(in.get(1)));
        return new TensorType(dtype, dims);
    }

    @Override public NDArray value(List<NDArray> in) {
        var index = in.get(0);
        int n = (int) in.get(1).toLong();
        int[] dims = Arrays.copyOf(index.shape().dims(), index.rank() + 1);
        dims[index.rank()] = n;
        var y = NDArray.zeros(dtype, Shape.of(dims));
        for (int i = 0; i < y.size(); i++) if (index.longAt(i / n) == i % n) y.setLongAt(i, 1);
        return y;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(in.get(0).lengths());
        dims.add(in.get(1));
        return dims;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.zero(), Partial.disconnected()); }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        int last = in.getFirst().rank();
        var hit = Scalar.eq(in.getFirst().at(Scalar.here(last)), Scalar.index(last));
        return new Lowering.Gather(Scalar.select(hit, Scalar.constant(dtype, 1), Scalar.constant(dtype, 0)));
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return b.onlyFirst(1) ? Optional.of(List.of(Expr.of(this, b.in()))) : Optional.empty();
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `count` neighbours along an axis from `start` on; args are the tensor, start and count.
public record SomeRows(int axis) implements OpN {
    static Expr some(Expr x, Expr start, Expr count) { return along(x, 0, start, count); }

    static Expr along(Expr x, int axis, Expr start, Expr count) { return Expr.of(new SomeRows(axis), List.of(x, start, count)); }

    @Override public TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.getFirst().type().dims());
        dims.set(axis, (int) in.get(2).constantLong().orElse(TensorType.UNKNOWN));
        return in.getFirst().type().withDims(dims);
    }

    @Override public NDArray value(List<NDArray> in) {
        var x = in.getFirst();
        int start = (int) in.get(1).toLong(), count = (int) in.get(2).toLong();
        if (start < 0 || count < 0 || start + count > x.shape().dim(axis)) throw new ShapeError(
            "rows %d to %d are needed, but there are %d".formatted(start, start + count, x.shape().dim(axis)));
        var dims = x.shape().dims();
        dims[axis] = count;
        var strides = x.shape().strides();
        return Positions.gather(x, Shape.of(dims), at ->
            IntStream.range(0, at.length).map(d -> (d == axis ? at[d] + start : at[d]) * strides[d]).sum());
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(in.getFirst().lengths());
        dims.set(axis, in.get(2));
        return dims;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var x = in.getFirst();
        return List.of(Partial.linear(dx -> along(dx, axis, in.get(1), in.get(2)), g -> padded(x, g, in.get(1), in.get(2))),
            Partial.disconnected(), Partial.disconnected());
    }

    private Expr padded(Expr x, Expr g, Expr start, Expr count) {
        var after = Sub.sub(Sub.sub(x.length(axis), start), count);
        return Expr.of(new JoinRows(axis), List.of(zeros(g, start), g, zeros(g, after)));
    }

    private Expr zeros(Expr g, Expr count) {
        var dims = new ArrayList<>(g.lengths());
        dims.set(axis, count);
        return LoopBuilder.zeros(g.type().dtype(), dims);
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return b.onlyFirst(1) ? Optional.of(List.of(along(b.in(0), axis + 1, b.in(1), b.in(2)))) : Optional.empty();
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var x = in.getFirst();
        return new Lowering.Gather(x.at(IntStream.range(0, x.rank()).<Scalar>mapToObj(d -> d == axis
            ? Scalar.add(new Scalar.Index(d), in.get(1).at()) : new Scalar.Index(d)).toList()));
    }

    @Override public boolean isStructural() { return true; }
}

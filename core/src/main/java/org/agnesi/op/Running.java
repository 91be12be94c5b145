package org.agnesi.op;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A fold along one axis that keeps every intermediate result: what [Cumsum] and [Cumprod] share.
public interface Running extends Op1 {
    int axis();

    Combine combine();

    /// The same of another tensor along another axis.
    Expr along(Expr x, int axis);

    /// Along `axis`; a tensor that is no vector needs one.
    static Expr apply(Running op, Expr x) {
        if (Required.argument(op.name(), x).type().rank() <= 1) return op.along(Reshape.flatten(x), 0);
        throw new TypeError("""
            %s of a tensor of rank %d needs an axis, but got none for %s of type %s
            Name the axis, or flatten(…) it first.""".formatted(op.name(), x.type().rank(), x, x.type()));
    }

    /// Small integers and booleans add and multiply up in int64.
    private static DType result(DType x) { return x.isFloating() ? x : DType.INT64; }

    @Override default TensorType infer(Expr x) { return x.type().with(result(x.type().dtype())); }
    @Override default List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
    @Override default Optional<Expr> batch(Expr x) { return Optional.of(along(x, axis() + 1)); }
    @Override default Symbol symbol() { return Symbol.call(name(), "axis=" + axis()); }

    @Override default Lowering lower(Operand x, Operand y) {
        return new Lowering.Prefix(combine(), axis(), Scalar.cast(y.dtype(), x.here()));
    }

    /// All elements of a row matter when one of its results does.
    @Override default List<@Nullable Expr> activeBelow(List<Expr> in, Expr out, @Nullable Expr active) {
        var row = Quantifier.any(List.of(axis()));
        return Collections.singletonList(active == null ? null : row.spread(row.over(active, row.axes()), active));
    }

    @Override default NDArray eval(NDArray x) {
        var groups = new Sum(List.of(axis()));
        var out = NDArray.zeros(result(x.dtype()), x.shape());
        var rows = groups.reduced(x.shape());
        for (int i = 0; i < rows.size(); i++) run(x, groups.sources(x.shape(), Positions.at(rows, i)), out);
        return out;
    }

    private void run(NDArray x, int[] row, NDArray out) {
        boolean adds = combine() == Combine.ADD;
        double sum = adds ? 0 : 1;
        long whole = adds ? 0 : 1;
        for (int i : row) {
            sum = adds ? sum + x.doubleAt(i) : sum * x.doubleAt(i);
            whole = adds ? whole + x.longAt(i) : whole * x.longAt(i);
            if (out.dtype().isFloating()) out.setDoubleAt(i, sum);
            else out.setLongAt(i, whole);
        }
    }
}

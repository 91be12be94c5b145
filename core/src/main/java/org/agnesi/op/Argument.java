package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The position of the largest or smallest element along one axis: what [Argmax] and [Argmin] share.
public interface Argument extends Op1 {
    int axis();

    Combine combine();

    /// The same of another tensor along another axis.
    Expr along(Expr x, int axis);

    /// Along the user's only axis; without one, the position in C order among all elements.
    static Expr apply(Argument op, Expr x, Axes axes) {
        var asked = Required.of(op.name(), "axes", axes).axes().isEmpty() ? List.<Integer>of() : axes.of(op.name(), x);
        if (asked.size() > 1) throw new TypeError("""
            %s needs one axis or none, but got %s for %s of type %s
            Reshape these axes into one first.""".formatted(op.name(), axes.axes(), x, x.type()));
        int rank = Required.argument(op.name(), x).type().rank();
        if (asked.isEmpty()) {
            var all = op.along(Reshape.flatten(x), 0);
            return axes.kept() ? DimShuffle.dimshuffle(all, IntStream.range(0, rank).map(i -> DimShuffle.NEW).toArray()) : all;
        }
        var y = op.along(x, asked.getFirst());
        return axes.kept() ? DimShuffle.expandDims(y, asked.getFirst()) : y;
    }

    private Sum groups() { return new Sum(List.of(axis())); }

    @Override default TensorType infer(Expr x) {
        if (x.type().dim(axis()) == 0) throw Extremum.empty(name(), x.type().toString(), null);
        return groups().infer(x).with(DType.INT64);
    }

    @Override default NDArray eval(NDArray x) {
        var out = groups().reduced(x.shape());
        if (x.shape().dim(axis()) == 0) throw Extremum.empty(name(), x.dtype() + x.shape().toString(), null);
        return Positions.longs(DType.INT64, out, at -> first(x, groups().sources(x.shape(), at)));
    }

    private int first(NDArray x, int[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) if (beats(x, row[i], row[best])) best = i;
        return best;
    }

    private boolean beats(NDArray x, int i, int best) {
        if (!x.dtype().isFloating())
            return combine() == Combine.MAX ? x.longAt(i) > x.longAt(best) : x.longAt(i) < x.longAt(best);
        double a = x.doubleAt(i), b = x.doubleAt(best);
        return !Double.isNaN(b) && (Double.isNaN(a) || (combine() == Combine.MAX ? a > b : a < b));
    }

    @Override default List<Integer> filledAxes(List<Expr> in) { return in.getFirst().type().isKnown(axis()) ? List.of() : List.of(axis()); }
    @Override default Partial partial(Expr x, Expr y) { return Partial.zero(); }
    @Override default List<@Nullable Expr> outputShape(Expr x) { return groups().outputShape(x); }
    @Override default Lowering lower(Operand x, Operand y) { return new Lowering.Arg(combine(), axis(), x.here()); }
    @Override default Optional<Expr> batch(Expr x) { return Optional.of(along(x, axis() + 1)); }
    @Override default Symbol symbol() { return Symbol.call(name(), "axis=" + axis()); }
}

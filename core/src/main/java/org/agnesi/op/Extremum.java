package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The largest or smallest element along some axes: what [Max] and [Min] share.
public interface Extremum extends Fold {
    @Override default TensorType infer(Expr x) {
        for (int axis : axes()) if (x.type().dim(axis) == 0) throw empty(name(), x.type().toString(), null);
        return Fold.super.infer(x);
    }

    @Override default NDArray eval(NDArray x) {
        for (int axis : axes()) if (x.shape().dim(axis) == 0) throw empty(name(), x.dtype() + x.shape().toString(), null);
        boolean largest = combine() == Combine.MAX;
        return x.dtype().isFloating()
            ? doubles(x, x.dtype(), row -> DoubleStream.of(row).reduce(row[0], largest ? Math::max : Math::min))
            : longs(x, x.dtype(), row -> LongStream.of(row).reduce(row[0], largest ? Math::max : Math::min));
    }

    @Override default List<Integer> filledAxes(List<Expr> in) {
        return axes().stream().filter(axis -> !in.getFirst().type().isKnown(axis)).toList();
    }

    /// The error of a tensor that has nothing to choose from.
    static ShapeError empty(String name, String type, @Nullable Origin origin) {
        return new ShapeError("""
            %s needs at least one element along each axis that it reduces, but got %s
            Nothing has no largest or smallest element; concatenate a starting value first.""".formatted(name, type), origin);
    }

    /// All elements that are the result share the derivative evenly.
    @Override default Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> Div.div(Sum.sum(Where.where(chosen(x, y), dx, constant(0)), Axes.over(ints())), ties(x, y)),
            g -> Where.where(chosen(x, y), spread(Div.div(g, ties(x, y)), x), constant(0)));
    }

    private Expr chosen(Expr x, Expr y) { return Compare.eq(x, spread(y, x)); }

    private Expr ties(Expr x, Expr y) {
        return Sum.sum(Cast.cast(chosen(x, y), x.type().dtype().floating()), Axes.over(ints()));
    }

    private int[] ints() { return axes().stream().mapToInt(Integer::intValue).toArray(); }

    /// The axes of `max(x, 3)`, or an error that knows that the larger of two values may be meant.
    static Axes checked(String name, Expr x, Axes axes) {
        int rank = Required.argument(name, x).type().rank();
        for (int axis : Required.of(name, "axes", axes).axes()) if (axis < -rank || axis >= rank) throw new TypeError("""
            %s needs an axis of %s of type %s, but got %d
            It has %d %s; for the %s of two values write %simum(%2$s, %4$d)."""
            .formatted(name, x, x.type(), axis, rank, rank == 1 ? "axis" : "axes", name.equals("max") ? "larger" : "smaller", name));
        return axes;
    }
}

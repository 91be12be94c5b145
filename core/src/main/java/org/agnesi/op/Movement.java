package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// Shorthands by NumPy's names that move, insert and drop dimensions, all made of [DimShuffle].
public final class Movement {
    private Movement() {}

    /// The dimensions in another order, `"x"` for new ones of size 1; a dimension left out must be known to be 1.
    public static Expr dimshuffle(Expr x, Object... pattern) {
        Required.argument("dimshuffle", x);
        Required.of("dimshuffle", "dimensions", pattern);
        var given = pattern.length == 1 && pattern[0] instanceof int[] dims ? IntStream.of(dims).boxed().toArray() : pattern;
        return DimShuffle.dimshuffle(x, Arrays.stream(given).mapToInt(d -> dimension(x, d)).toArray());
    }

    private static int dimension(Expr x, Object given) {
        if ("x".equals(given)) return DimShuffle.NEW;
        if (given instanceof Integer axis) return Axes.normalize("dimshuffle", x, axis);
        throw new TypeError("""
            dimshuffle needs dimensions as ints and "x" for new ones, but got %s for %s of type %s
            Write it as in dimshuffle(x, 1, "x", 0).""".formatted(given, x, x.type()));
    }

    /// The dimensions in the order of `axes`; reversed where there are none.
    public static Expr transpose(Expr x, int... axes) {
        Required.argument("transpose", x);
        if (Required.of("transpose", "axes, or none", axes).length == 0) return DimShuffle.transpose(x);
        if (Axes.over(axes).of("transpose", x).size() == x.type().rank()) return order(x, normalize("transpose", x, axes));
        throw new TypeError("""
            transpose needs each of the %d axes of %s of type %s, but got %s
            Name every axis once, in the new order.""".formatted(x.type().rank(), x, x.type(), Arrays.toString(axes)));
    }

    /// `x` without dimensions that are known to be 1; without those of `axes` where some are named.
    public static Expr squeeze(Expr x, int... axes) {
        Required.argument("squeeze", x);
        var gone = Required.of("squeeze", "axes, or none", axes).length == 0
            ? IntStream.range(0, x.type().rank()).filter(axis -> x.type().dim(axis) == 1).boxed().toList()
                : Axes.over(axes).of("squeeze", x);
        for (int axis : gone) if (x.type().dim(axis) != 1) throw new ShapeError("""
            squeeze needs dimensions known to be 1, but axis %d of %s of type %s is not
            Take x.get(0) along it, or declare its size.""".formatted(axis, x, x.type()));
        return order(x, IntStream.range(0, x.type().rank()).filter(axis -> !gone.contains(axis)).toArray());
    }

    public static Expr swapaxes(Expr x, int axis1, int axis2) {
        int a = Axes.normalize("swapaxes", x, axis1), b = Axes.normalize("swapaxes", x, axis2);
        return order(x, IntStream.range(0, x.type().rank()).map(axis -> axis == a ? b : axis == b ? a : axis).toArray());
    }

    /// Each axis of `from` at its place of `to`, the others in their order around them.
    public static Expr moveaxis(Expr x, int[] from, int[] to) {
        var sources = normalize("moveaxis", x, from);
        var places = normalize("moveaxis", x, to);
        if (from.length != to.length || IntStream.of(sources).distinct().count() < from.length
            || IntStream.of(places).distinct().count() < to.length) throw new TypeError("""
            moveaxis needs as many places as axes, all different, but got %s to %s for %s of type %s
            Name each axis once and where it goes.""".formatted(Arrays.toString(from), Arrays.toString(to), x, x.type()));
        var rest = new ArrayList<>(IntStream.range(0, x.type().rank()).filter(axis -> IntStream.of(sources).noneMatch(s -> s == axis))
            .boxed().toList());
        var order = new int[x.type().rank()];
        for (int axis = 0; axis < order.length; axis++) {
            int place = axis, moved = IntStream.range(0, places.length).filter(i -> places[i] == place).findFirst().orElse(-1);
            order[axis] = moved >= 0 ? sources[moved] : rest.removeFirst();
        }
        return order(x, order);
    }

    private static Expr order(Expr x, int[] axes) {
        return Arrays.equals(axes, IntStream.range(0, x.type().rank()).toArray()) ? x : DimShuffle.dimshuffle(x, axes);
    }

    private static int[] normalize(String what, Expr x, int[] axes) {
        return IntStream.of(Required.of(what, "axes", axes)).map(axis -> Axes.normalize(what, x, axis)).toArray();
    }
}

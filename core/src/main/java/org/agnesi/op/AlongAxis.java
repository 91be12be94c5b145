package org.agnesi.op;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// Shorthands by NumPy's names that turn, move on and part the elements along an axis, made of [Slice] and [Gather].
public final class AlongAxis {
    private AlongAxis() {}

    /// The elements of some axes in opposite order; of all axes where none are named.
    public static Expr flip(Expr x, int... axes) {
        var flipped = Axes.over(axes).of("flip", x);
        var back = new Cut.Span(Cut.OPEN, Cut.OPEN, -1);
        return Slice.slice(x, IntStream.range(0, x.type().rank()).mapToObj(axis -> flipped.contains(axis)
            ? back : Cut.ALL).toList(), List.of());
    }

    /// The elements moved on by `shift` along an axis, those at the end to the start.
    public static Expr roll(Expr x, Object shift, int axis) {
        int along = Axes.normalize("roll", x, axis);
        var n = x.length(along);
        return Gather.take(x, Sub.sub(Arange.arange(n), Rem.rem(Sizes.size("roll", shift), n)), along);   // from -n to n - 1
    }

    /// `x` in equal parts along an axis, whose length must be a multiple of their number where it is known; elsewhere what is left over at
    /// the end is in no part.
    public static List<Expr> split(Expr x, int parts, int axis) {
        int along = Axes.normalize("split", x, axis);
        var n = x.length(along);
        if (parts < 1 || Sizes.known(n) && Sizes.value(n) % parts != 0) throw new ShapeError("""
            split needs parts of equal length, but got %d parts of axis %d of %s of type %s
            Slice it with range(from, to) where lengths differ.""".formatted(parts, along, x, x.type()));
        var each = Sizes.quotient(n, Constant.index(parts));
        return IntStream.range(0, parts).mapToObj(i -> Slice.piece(x, along,
            Sizes.times(each, Constant.index(i)), Sizes.times(each, Constant.index(i + 1)))).toList();
    }
}

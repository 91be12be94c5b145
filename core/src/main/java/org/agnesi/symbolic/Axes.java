package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;

/// The axes a reduction runs over, negative ones counted from the end; none means all.
///
/// @param axes the axes as the user wrote them
/// @param kept whether reduced axes stay as dimensions of size 1
public record Axes(List<Integer> axes, boolean kept) {
    public Axes { axes = List.copyOf(axes); }

    /// Every axis.
    public static final Axes ALL = new Axes(List.of(), false);

    public static Axes over(int... axes) { return new Axes(IntStream.of(Required.of("axes", "integers", axes)).boxed().toList(), false); }

    public Axes keep() { return new Axes(axes, true); }

    /// The axes of `x` in increasing order, each in `0 … rank − 1`.
    public List<Integer> of(String what, Expr x) {
        int rank = Required.argument(what, x).type().rank();
        if (axes.isEmpty()) return IntStream.range(0, rank).boxed().toList();
        var found = new ArrayList<Integer>();
        for (int axis : axes) {
            int positive = normalize(what, x, axis);
            if (found.contains(positive)) throw new TypeError("""
                %s needs different axes, but got %s for %s of type %s
                Name each axis once.""".formatted(what, axes, x, x.type()));
            found.add(positive);
        }
        found.sort(null);
        return List.copyOf(found);
    }

    /// `axis` counted from the front, or an error that names `x` and its rank.
    public static int normalize(String what, Expr x, int axis) {
        int rank = Required.argument(what, x).type().rank();
        if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
        throw new TypeError(rank == 0
            ? "%s needs an axis, but got axis %d of the scalar %s".formatted(what, axis, x)
            : """
            %s needs an axis from %d to %d, but got %d for %s of type %s
            Axes count from 0; negative ones count from the end.""".formatted(what, -rank, rank - 1, axis, x, x.type()));
    }
}

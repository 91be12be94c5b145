package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;

/// Shorthands by NumPy's names that repeat a tensor or its elements, made of [DimShuffle], [BroadcastTo] and [Reshape].
public final class Repetition {
    private Repetition() {}

    /// `x` repeated to a shape, along dimensions that are known to be 1 or missing in front.
    public static Expr broadcastTo(Expr x, Object... shape) {
        return BroadcastTo.broadcastTo(Required.argument("broadcastTo", x), Sizes.sizes("broadcastTo", shape));
    }

    /// `x` as often as `times` says along each dimension, one after the other; missing dimensions count as 1 in front.
    public static Expr tile(Expr x, Object... times) {
        var repeats = new ArrayList<>(Sizes.sizes("tile", times));
        int rank = Math.max(repeats.size(), Required.argument("tile", x).type().rank()), missing = rank - x.type().rank();
        while (repeats.size() < rank) repeats.addFirst(Constant.index(1));
        var spread = new ArrayList<Expr>();
        var sizes = new ArrayList<Expr>();
        var pattern = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            var length = axis < missing ? Constant.index(1) : x.length(axis - missing);
            pattern.add(DimShuffle.NEW);
            pattern.add(axis < missing ? DimShuffle.NEW : axis - missing);
            spread.addAll(List.of(repeats.get(axis), length));
            sizes.add(Sizes.times(repeats.get(axis), length));
        }
        return Reshape.reshape(BroadcastTo.broadcastTo(DimShuffle.dimshuffle(x, pattern.stream().mapToInt(d -> d).toArray()), spread),
            sizes);
    }

    /// Each element `times` times in a row along an axis.
    public static Expr repeat(Expr x, Object times, int axis) {
        int along = Axes.normalize("repeat", x, axis);
        var count = Sizes.size("repeat", times);
        var spread = new ArrayList<>(x.lengths());
        spread.add(along + 1, count);
        var sizes = new ArrayList<>(x.lengths());
        sizes.set(along, Sizes.times(sizes.get(along), count));
        return Reshape.reshape(BroadcastTo.broadcastTo(DimShuffle.expandDims(x, along + 1), spread), sizes);
    }
}

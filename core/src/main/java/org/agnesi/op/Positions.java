package org.agnesi.op;

import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;

/// Reads an array at computed positions: what the oracles of movement ops are written with.
final class Positions {
    private Positions() {}

    /// The array whose element at position `p` is `x`'s element at flat position `source(p)`.
    static NDArray gather(NDArray x, Shape out, ToIntFunction<int[]> source) {
        return x.take(out, flat -> source.applyAsInt(at(out, flat)));
    }

    /// A floating array computed position by position.
    static NDArray doubles(DType dtype, Shape out, ToDoubleFunction<int[]> value) {
        return NDArray.generateDoubles(dtype, out, flat -> value.applyAsDouble(at(out, flat)));
    }

    /// An integer array computed position by position.
    static NDArray longs(DType dtype, Shape out, ToLongFunction<int[]> value) {
        return Elementwise.longs(dtype, out, flat -> value.applyAsLong(at(out, flat)));
    }

    /// The position of flat index `flat`.
    static int[] at(Shape shape, int flat) {
        var strides = shape.strides();
        var at = new int[shape.rank()];
        for (int axis = 0, rest = flat; axis < at.length; rest %= strides[axis], axis++) at[axis] = rest / strides[axis];
        return at;
    }

    /// Writes element `from` of `v` to `y` at flat position `to`, or adds it there.
    static void put(NDArray y, int to, NDArray v, int from, boolean adds) {
        if (y.dtype().isFloating()) y.setDoubleAt(to, adds ? y.doubleAt(to) + v.doubleAt(from) : v.doubleAt(from));
        else y.setLongAt(to, adds ? y.longAt(to) + v.longAt(from) : v.longAt(from));
    }
}

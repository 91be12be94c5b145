package org.agnesi.compile;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Scalar.Const;
import org.jspecify.annotations.Nullable;

/// An input as far as it is known: its sizes, -1 for an unknown one, and elements, null for unknown ones.
public record Given(List<Long> dims, LongFunction<@Nullable Const> elements) {
    public Given { dims = List.copyOf(dims); }

    /// An array of a shape, whatever is in it.
    public static Given of(Shape shape) { return new Given(dims(shape), _ -> null); }

    public static Given of(NDArray value) {
        return new Given(dims(value.shape()), place -> place < 0 || place >= value.size() ? null : Const.element(value, (int) place));
    }

    /// An element along the first axis, whichever.
    Given row() { return new Given(dims.subList(1, dims.size()), _ -> null); }

    private static List<Long> dims(Shape shape) { return Arrays.stream(shape.dims()).mapToObj(d -> (long) d).toList(); }
}

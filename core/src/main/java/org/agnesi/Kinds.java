package org.agnesi;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.jspecify.annotations.Nullable;

/// The dtypes and shapes of some arrays, to know them again without making anything.
record Kinds(List<Kind> kinds) {
    private record Kind(DType dtype, Shape shape) {
        boolean isOf(@Nullable Object value) {
            return value instanceof NDArray array && array.dtype() == dtype && array.shape().equals(shape);
        }
    }

    static Kinds of(List<NDArray> arrays) { return new Kinds(arrays.stream().map(x -> new Kind(x.dtype(), x.shape())).toList()); }

    /// Whether these are arrays that have them.
    boolean areOf(List<?> values) {
        if (kinds.size() != values.size()) return false;
        for (int i = 0; i < kinds.size(); i++) if (!kinds.get(i).isOf(values.get(i))) return false;
        return true;
    }
}

package org.agnesi;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;

/// The shapes of some arrays, to know them again without making anything.
record Shapes(List<Shape> shapes) {
    static Shapes of(List<NDArray> arrays) { return new Shapes(arrays.stream().map(NDArray::shape).toList()); }

    /// Whether these arrays have them.
    boolean isOf(List<NDArray> arrays) {
        for (int i = 0; i < shapes.size(); i++) if (!shapes.get(i).equals(arrays.get(i).shape())) return false;
        return true;
    }
}

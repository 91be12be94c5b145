package org.agnesi;

import java.lang.reflect.Array;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.ShapeError;
import org.agnesi.run.Plan;
import org.jspecify.annotations.Nullable;

/// Arrays as Java's nested arrays, and written into those that a caller brought along.
final class Rows {
    private Rows() {}

    /// The elements as a nested array of this type, which has the array's rank; `a` is given up.
    static Object of(NDArray a, Class<?> type) {
        var flat = a.cast(BoundParameter.dtype(BoundParameter.leaf(type))).data();
        var dims = a.shape().dims();
        if (dims.length == 1) return flat;
        var rows = Array.newInstance(BoundParameter.leaf(type), dims);
        copy(flat, 0, rows, dims, 0);
        return rows;
    }

    /// Writes the elements into `out`, which has been [#check]ed.
    static void store(NDArray a, Object out) {
        if (out instanceof NDArray array) System.arraycopy(a.data(), 0, array.data(), 0, a.size());
        else copy(a.cast(BoundParameter.dtype(BoundParameter.leaf(out.getClass()))).data(), 0, out, dims(a), 0);
    }

    private static int[] dims(NDArray a) { return a.rank() == 0 ? new int[] {1} : a.shape().dims(); }

    /// Throws unless `out` can take the elements: an [NDArray] or a (nested) Java array of the same shape.
    static void check(NDArray a, @Nullable Object out) {
        if (out == null) throw new ArgumentError("""
            an array is needed to write %s of shape %s into, but got null
            Pass one that holds it.""".formatted(a.dtype(), a.shape()));
        if (out instanceof NDArray array) checkArray(a, array);
        else fits(a, out, dims(a), 0);
    }

    private static void checkArray(NDArray a, NDArray out) {
        Plan.requireFit(a.dtype(), a.shape(), out);
    }

    private static void fits(NDArray a, Object out, int[] dims, int axis) {
        if (out == null || Array.getLength(out) != dims[axis]) throw new ShapeError("""
            an array of shape %s is needed to write into, but the length of axis %d is %s
            Make it of that shape.""".formatted(a.rank() == 0 ? Shape.of(1) : a.shape(), axis, out == null
                ? "missing" : Array.getLength(out)));
        for (int i = 0; axis + 1 < dims.length && i < dims[axis]; i++) fits(a, Array.get(out, i), dims, axis + 1);
    }

    private static int copy(Object flat, int from, Object rows, int[] dims, int axis) {
        if (axis + 1 == dims.length) {
            System.arraycopy(flat, from, rows, 0, dims[axis]);
            return from + dims[axis];
        }
        int at = from;
        for (int i = 0; i < dims[axis]; i++) at = copy(flat, at, Array.get(rows, i), dims, axis + 1);
        return at;
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agnesi.error.IndexError;
import org.agnesi.symbolic.TensorType;

/// What a [Cut] is for one size: the positions `start + step · i`, `i` below `count`.
///
/// @param dropped whether the axis is no longer there
record Window(long start, int step, int count, boolean dropped) {

    /// The cuts for the shape of an array; `given` are the values of the given edges, in order.
    static List<Window> of(List<Cut> cuts, int[] dims, List<Long> given) {
        var next = given.iterator();
        var windows = new ArrayList<Window>();
        for (int axis = 0; axis < dims.length; axis++) windows.add(of(cuts.get(axis), axis, dims[axis], next));
        return windows;
    }

    private static Window of(Cut cut, int axis, int size, Iterator<Long> given) {
        return switch (cut) {
            case Cut.All() -> new Window(0, 1, size, false);
            case Cut.One(var at) -> new Window(position(axis, size, value(at, 0, given)), 1, 1, true);
            case Cut.Span(var from, var to, int step) -> {
                int low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
                long start = clamp(from, value(from, step > 0 ? low : high, given), size, low, high);
                long stop = clamp(to, value(to, step > 0 ? high : low, given), size, low, high);
                long way = step > 0 ? stop - start : start - stop;
                yield new Window(start, step, (int) Math.max(0, Math.ceilDiv(way, Math.abs((long) step))), false);
            }
        };
    }

    private static long value(Cut.Edge edge, long open, Iterator<Long> given) {
        return switch (edge) {
            case Cut.Edge.Open() -> open;
            case Cut.Edge.Fixed(long position) -> position;
            case Cut.Edge.Given() -> given.next();
        };
    }

    private static long clamp(Cut.Edge edge, long value, int size, int low, int high) {
        return edge.equals(Cut.OPEN) ? value : Math.clamp(value < 0 ? value + size : value, low, high);
    }

    /// A position counted from the front, or an error.
    static int position(int axis, int size, long position) {
        if (position < -size || position >= size) throw new IndexError(axis, position, size);
        return (int) (position < 0 ? position + size : position);
    }

    /// The sizes of the dimensions that are left, where types tell them.
    static List<Integer> dims(List<Cut> cuts, TensorType x) {
        var dims = new ArrayList<Integer>();
        for (int axis = 0; axis < cuts.size(); axis++) {
            var cut = cuts.get(axis);
            boolean known = x.isKnown(axis) && !cut.edges().contains(Cut.GIVEN);
            var none = List.<Long>of().iterator();
            int count = known ? of(cut, axis, x.dim(axis), none).count() : cut instanceof Cut.All ? x.dim(axis) : TensorType.UNKNOWN;
            if (!cut.drops()) dims.add(count);
        }
        return dims;
    }
}

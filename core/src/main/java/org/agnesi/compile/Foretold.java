package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Scalar.Const;
import org.jspecify.annotations.Nullable;

/// The results of an op whose arguments are known before a call: patterns, which sizes and index data decide.
final class Foretold {
    private Foretold() {}

    /// The task's results; none where an element of an argument is not known.
    static List<NDArray> results(Task.Eval eval, Schedule schedule, Extents extents) {
        var in = new ArrayList<NDArray>();
        for (int slot : eval.in()) {
            var value = value(schedule.slots().get(slot), slot, extents);
            if (value == null) return List.of();
            in.add(value);
        }
        return eval.node().eval(in);
    }

    private static @Nullable NDArray value(Slot slot, int number, Extents extents) {
        var dims = new int[slot.dims().size()];
        for (int axis = 0; axis < dims.length; axis++) {
            var size = extents.size(number, axis);
            if (size == null) return null;
            dims[axis] = Math.toIntExact(size);
        }
        var value = NDArray.zeros(slot.dtype(), Shape.of(dims));
        for (int place = 0; place < value.size(); place++) {
            var known = extents.element(number, place);
            if (known == null) return null;
            set(value, place, known);
        }
        return value;
    }

    private static void set(NDArray value, int place, Const known) {
        if (known.dtype().isFloating()) value.setDoubleAt(place, known.toDouble());
        else value.setLongAt(place, known.bits());
    }
}

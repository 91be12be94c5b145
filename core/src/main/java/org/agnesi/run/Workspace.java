package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.jspecify.annotations.Nullable;

/// Arrays for values that live only during a call, kept for the next call.
///
/// Shapes rarely change from call to call, so arrays are found again by their exact length; what a call did not use
/// is let go when it ends.
final class Workspace {
    private List<Object> free = new ArrayList<>();
    private List<Object> stale = new ArrayList<>();

    Object take(DType dtype, int length) {
        var array = find(free, dtype, length);
        if (array == null) array = find(stale, dtype, length);
        return array != null ? array : Array.newInstance(dtype.carrier(), length);
    }

    private static @Nullable Object find(List<Object> arrays, DType dtype, int length) {
        for (int k = arrays.size() - 1; k >= 0; k--) {
            var array = arrays.get(k);
            if (array.getClass().componentType() == dtype.carrier() && Array.getLength(array) == length) return arrays.remove(k);
        }
        return null;
    }

    /// Hands back an array that nothing reads any more.
    void give(Object array) { free.add(array); }

    /// Ends a call: what is free now may be taken in the next call, what was stale is gone.
    void end() {
        stale.clear();
        var swap = stale;
        stale = free;
        free = swap;
    }
}

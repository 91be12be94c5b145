package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Scalar;
import org.jspecify.annotations.Nullable;

/// One anchor inside a group: its body at a point of the group's space.
///
/// @param slot     where its value goes if anyone outside the group wants it
/// @param level    whether its body is computed at every point or once per row
/// @param combine  how the points of a row become one value, for reductions
/// @param body     what it computes, over slots and the point's indices
/// @param bounds   what is checked before
/// @param position which of its own elements belongs to the point
record Member(int slot, Level level, @Nullable Combine combine, Scalar body, List<Bound> bounds, List<Scalar> position) {
    enum Level { POINT, ROW }

    /// Whether it has one value per row, not per point.
    boolean perRow() { return level == Level.ROW || combine != null; }

    /// All scalars it computes.
    List<Scalar> scalars() {
        var scalars = new ArrayList<>(List.of(body));
        for (var bound : bounds) scalars.addAll(List.of(bound.index(), bound.size()));
        return scalars;
    }
}

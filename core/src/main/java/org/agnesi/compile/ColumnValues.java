package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Scalars;

/// What totals of columns tell of each, as 1 / √variance, which is computed once and not for each row.
final class ColumnValues {
    private ColumnValues() {}

    /// The largest parts of scalars that are computed from totals, and not from what differs from row to row.
    ///
    /// @param isOfRow whether a scalar differs by itself, whatever its parts
    static List<Scalar> of(List<Scalar> roots, Set<Local> totals, Predicate<Scalar> isOfRow) {
        Set<Scalar> differing = byIdentity(), telling = byIdentity(), found = byIdentity();
        var used = new ArrayList<>(roots);
        for (var x : Scalars.inOrder(roots)) {
            var parts = Scalars.parts(x);
            if (isOfRow.test(x) || parts.stream().anyMatch(differing::contains)) {
                differing.add(x);
                used.addAll(parts);
            }
            if (x instanceof Local local && totals.contains(local) || parts.stream().anyMatch(telling::contains)) telling.add(x);
        }
        return used.stream().filter(x -> telling.contains(x) && !differing.contains(x) && !(x instanceof Local) && found.add(x)).toList();
    }

    private static Set<Scalar> byIdentity() { return Collections.newSetFromMap(new IdentityHashMap<>()); }
}

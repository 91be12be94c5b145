package org.agnesi.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What ops are made of: the components of a record.
final class Records {
    private Records() {}

    /// The values of its components, in order; a null stays away.
    static List<Object> values(Object record) { return all(record).stream().filter(value -> value != NULL).toList(); }

    static final Object NULL = new Object();

    /// The values of its components, in order, [#NULL] for null.
    static List<Object> all(Object record) {
        if (!record.getClass().isRecord()) return List.of();
        var values = new ArrayList<>();
        for (var component : Arrays.asList(record.getClass().getRecordComponents())) {
            try {
                component.getAccessor().setAccessible(true);
                var value = component.getAccessor().invoke(record);
                values.add(value == null ? NULL : value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }
}

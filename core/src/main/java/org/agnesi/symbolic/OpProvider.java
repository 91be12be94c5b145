package org.agnesi.symbolic;

import java.util.Map;

/// Names for ops outside this library, so that functions that use them can be saved: found by [java.util.ServiceLoader].
///
/// An op is a record; its components are saved under their names. They may be numbers, strings, enums, dtypes, arrays,
/// tensor types, [Lambda]s, and lists and records of these.
public interface OpProvider {
    /// Ops by name; names of one's own have a dot: `"example.smooth"`. They must not change once files are about.
    Map<String, Class<? extends Op>> ops();
}

package org.agnesi.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;

/// Names for buffers: the user's where there is one, else the op's; no two the same.
final class Names {
    private final Map<Expr, String> given = new IdentityHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    String of(Expr e) {
        return given.computeIfAbsent(e, _ -> fresh(base(e)));
    }

    /// A name that begins so.
    String fresh(String base) {
        var name = base;
        while (!taken.add(name)) name = base + counts.merge(base, 2, (k, _) -> k + 1);
        return name;
    }

    private static String base(Expr e) {
        var name = e.name() != null ? e.name() : e.node().op().name();
        return name.isEmpty() ? "v" : name.replaceAll("[^\\p{L}\\p{N}_]", "_");
    }
}

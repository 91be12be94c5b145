package org.agnesi.fuzz;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which settings run a graph: one after the other in turn, and besides each under which some op of it has not run yet. So all meet
/// all ops soon, and most graphs cost no more than one.
final class Turns {
    private final List<Setting> settings;
    private final Map<Setting, Coverage> met = new LinkedHashMap<>();
    private int next;

    Turns(List<Setting> settings) {
        this.settings = settings;
        settings.forEach(setting -> met.put(setting, new Coverage()));
    }

    /// Those for the next graph.
    List<Setting> next(Specimen s) {
        var ops = new Coverage();
        ops.add(s);
        Set<Setting> chosen = new LinkedHashSet<>();
        chosen.add(settings.get(next++ % settings.size()));
        met.forEach((setting, before) -> {
            if (!before.without(ops.ops().keySet()).isEmpty()) chosen.add(setting);
        });
        return chosen.stream().filter(setting -> setting.matters(s)).toList();
    }

    void ran(Setting setting, Specimen s) { met.get(setting).add(s); }

    /// How many went well under any.
    int graphs() { return met.values().stream().mapToInt(Coverage::graphs).sum(); }

    /// By setting, those of some ops that have not run under it.
    Map<Setting, List<String>> without(Collection<String> ops) {
        var without = new LinkedHashMap<Setting, List<String>>();
        met.forEach((setting, before) -> {
            var missing = before.without(ops);
            if (!missing.isEmpty()) without.put(setting, missing);
        });
        return without;
    }

    @Override public String toString() {
        return met.entrySet().stream().map(e -> "%s %d of %d ops".formatted(e.getKey(), e.getValue().graphs(), e.getValue().ops().size()))
            .collect(Collectors.joining(", ", "graphs by setting: ", "\n"));
    }
}

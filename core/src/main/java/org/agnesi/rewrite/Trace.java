package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.symbolic.Expr;

/// What fired so far, in order: passes and rules write into it, an [Explanation] is read from it.
public final class Trace {
    private static final int EXAMPLES = 3;

    private final Map<String, Fired> fired = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<String, Integer> exhausted = new LinkedHashMap<>();   // and the largest budget each has used up

    /// How often a rule or pass fired, and its first examples.
    public record Fired(String name, int count, List<Example> examples) {
        @Override public String toString() {
            return name + (count == 1 ? "" : " ×" + count) + examples.stream().map(e -> "\n    " + e).reduce("", String::concat);
        }
    }

    /// One time that it fired; written only when somebody asks.
    public record Example(Expr before, Expr after) {
        @Override public String toString() { return before + " → " + after; }
    }

    void fired(String name, Expr before, Expr after) {
        var sofar = fired.get(name);
        if (sofar == null) sofar = new Fired(name, 0, new ArrayList<>());
        if (sofar.count < EXAMPLES) sofar.examples.add(new Example(before, after));
        fired.put(name, new Fired(name, sofar.count + 1, sofar.examples));
    }

    /// Why a pass left something as it was; its first reason is kept.
    void refused(String name, String why) { refused.putIfAbsent(name, why); }

    Map<String, String> refused() { return Collections.unmodifiableMap(refused); }

    /// A rule was stopped, since it had made as many nodes as it may.
    void exhausted(String name, int budget) { exhausted.merge(name, budget, Math::max); }

    Collection<Fired> fired() { return Collections.unmodifiableCollection(fired.values()); }

    /// The rules that were stopped, and how many nodes each was allowed.
    Map<String, Integer> exhausted() { return Collections.unmodifiableMap(exhausted); }
}

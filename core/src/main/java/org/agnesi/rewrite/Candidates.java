package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Node;

/// The rules that may apply to a node: those that look for its op, and none once all were tried in vain, since nodes do not change.
final class Candidates {
    private final RuleSet rules;
    private final Strictness strictness;
    private final Map<Class<?>, List<Rule>> byOp = new HashMap<>();
    private final Set<Node> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private int tried;

    Candidates(RuleSet rules, Strictness strictness) {
        this.rules = rules;
        this.strictness = strictness;
    }

    List<Rule> of(Node node) {
        if (settled.contains(node)) return List.of();
        tried++;
        return byOp.computeIfAbsent(node.op().getClass(), this::forOp);
    }

    private List<Rule> forOp(Class<?> op) {
        var found = new ArrayList<Rule>();
        for (var rule : rules.rules()) if (rule.root().isAssignableFrom(op) && mayRun(rule)) found.add(rule);
        return found;
    }

    private boolean mayRun(Rule rule) {
        return strictness.allows(rule.kind()) || rule.kind() == RuleClass.FINITE && strictness.finiteWhereKnown();
    }

    /// No rule applies to `node`.
    void settle(Node node) { settled.add(node); }

    /// At how many nodes rules were tried.
    int tried() { return tried; }
}

package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agnesi.symbolic.Origin;

/// Rules with one purpose, tried in their order.
public record RuleSet(String name, List<Rule> rules) {
    public RuleSet { rules = List.copyOf(rules); }

    /// Fewer and simpler ops: what makes two ways to write one thing the same graph.
    public static final RuleSet CANONICAL = listed("canonical", () -> List.of(ConstantFolding.RULES, Views.RULES,
        Reductions.RULES, Selections.RULES, Writes.RULES, Contractions.RULES, Diagonals.RULES, Padding.RULES, Choices.RULES,
        Arithmetic.RULES, Powers.RULES));

    /// Less rounding and a wider range.
    public static final RuleSet STABLE = listed("stable", () -> List.of(
        Exponentials.LOGARITHMS, Exponentials.EXPONENTIALS, Exponentials.SIGMOIDS, Exponentials.ERROR_FUNCTIONS, Reductions.STABLE));

    /// Ops that are cheaper for special operands; last, since other rules do not look for these.
    public static final RuleSet SPECIALIZE = listed("specialize",
        () -> List.of(Powers.SPECIAL, ConstantFolding.RULES, Views.RULES, Reductions.RULES, Arithmetic.RULES));

    /// What other rules would not recognise any more: the very last.
    public static final RuleSet FINISH = of("finish", List.of(Arithmetic.SIGNS));

    /// What makes any graph simpler and stabler.
    public static final RuleSet GENERAL = CANONICAL.and(STABLE);

    /// Everything a rule can be named by.
    public static final RuleSet ALL = GENERAL.and(SPECIALIZE).and(FINISH);

    /// Their sides are made at no line of a user's, who happens to be the first to need them.
    private static RuleSet listed(String name, Supplier<List<List<Rule>>> lists) {
        return Origin.inherit(null, () -> of(name, lists.get()));
    }

    private static RuleSet of(String name, List<List<Rule>> lists) {
        var all = new ArrayList<Rule>();
        lists.forEach(all::addAll);
        return new RuleSet(name, all);
    }

    /// These rules but the one called `rule`.
    public RuleSet without(String rule) {
        return new RuleSet(name + " without " + rule, rules.stream().filter(r -> !r.name().equals(rule)).toList());
    }

    /// These rules, then those.
    public RuleSet and(RuleSet other) { return of(name + ", " + other.name, List.of(rules, other.rules)); }
}

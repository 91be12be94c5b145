package org.agnesi.rewrite;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// What rewriting did to a graph, and why a rule did nothing.
public final class Explanation {
    private final List<Expr> before;
    private final List<Expr> after;
    private final List<Rule> rules;
    private final Strictness strictness;
    private final Trace trace;

    public Explanation(List<Expr> before, List<Expr> after, List<Rule> rules, Strictness strictness, Trace trace) {
        this.before = before;
        this.after = after;
        this.rules = rules;
        this.strictness = strictness;
        this.trace = trace;
    }

    /// The rules and passes that fired, in the order of their first time.
    public List<Trace.Fired> fired() { return List.copyOf(trace.fired()); }

    /// Why the rule of this name did not fire: its class, its budget, or the place where it came nearest.
    public String whyNot(String name) {
        var pass = ofPass(name);
        if (pass != null) return pass;
        var found = rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
        if (found.isEmpty())
            return "there is no rule \"" + name + "\"; there are " + names();
        var rule = found.get();
        var count = trace.fired().stream().filter(f -> f.name().equals(name)).findFirst();
        var budget = trace.exhausted().get(name);
        if (budget != null) return stopped(name, budget);
        if (count.isPresent()) return name + " fired: " + count.get();
        boolean off = !strictness.allows(rule.kind()) && !(rule.kind() == RuleClass.FINITE && strictness.finiteWhereKnown());
        if (off) return name + " is of class " + rule.kind() + ", which this mode leaves out";
        return name + " did not fire: " + nearest(rule);
    }

    private String names() { return rules.stream().map(Rule::name).distinct().collect(Collectors.joining(", ")); }

    /// What a pass did, or why it did nothing.
    private @Nullable String ofPass(String name) {
        if (rules.stream().anyMatch(rule -> rule.name().equals(name))) return null;
        var refused = trace.refused().get(name);
        var fired = trace.fired().stream().filter(f -> f.name().equals(name)).findFirst();
        if (fired.isEmpty()) return refused == null ? null : name + " did not fire: " + refused;
        return name + " fired: " + fired.get() + (refused == null ? "" : "\nbut not everywhere: " + refused);
    }

    private String nearest(Rule rule) {
        var candidates = Stream.of(before, after).flatMap(roots -> Graph.inOrder(roots).stream())
            .filter(node -> rule.root().isInstance(node.op())).toList();
        if (candidates.isEmpty()) return "there is no " + rule.root().getSimpleName() + " in the graph";
        Attempt best = null;
        for (var node : candidates) {
            var attempt = Attempt.of(rule, node, strictness);
            if (best == null || attempt.steps > best.steps) best = attempt;
        }
        return Objects.requireNonNull(best).text;
    }

    /// How far a rule came at one node, and what stopped it.
    private record Attempt(int steps, String text) {
        static Attempt of(Rule rule, Node node, Strictness strictness) {
            return switch (rule.body()) {
                case Rule.Pattern(var _, var _, var sought) -> of(rule, node, new Matcher(sought, node.result(0)), strictness);
                case Rule.ByOp _ -> new Attempt(0, "it does not apply to " + node);
            };
        }

        private static Attempt of(Rule rule, Node node, Matcher matcher, Strictness strictness) {
            var failed = new String[1];
            matcher.find(() -> {
                failed[0] = condition(rule, matcher.match(), strictness);
                return false;
            });
            return failed[0] != null ? new Attempt(Integer.MAX_VALUE, "at " + node + ", " + failed[0])
                : new Attempt(matcher.steps(), "nearest is " + node + ": " + matcher.failure());
        }

        private static String condition(Rule rule, Match match, Strictness strictness) {
            for (var condition : rule.conditions())
                if (!condition.holds().test(match)) return condition + " is not known";
            return rule.holds(match, strictness) ? "another rule came first" : "the operands are not known to be finite";
        }
    }

    private static String stopped(String name, int budget) {
        return "%s was stopped: it had made as many nodes as one rule may in a graph of this size, %d".formatted(name, budget);
    }

    /// One line per rule or pass, with its first examples, and one per rule that was stopped.
    @Override public String toString() {
        var fired = trace.fired().stream().map(Trace.Fired::toString);
        var stopped = trace.exhausted().entrySet().stream().map(e -> stopped(e.getKey(), e.getValue()));
        return Stream.concat(fired, stopped).collect(Collectors.joining("\n"));
    }
}

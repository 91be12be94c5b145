package org.agnesi.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.error.RuleError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Applies rules until none applies: inputs before users, new nodes again, equal nodes once.
///
/// Each rule may make a bounded number of nodes per graph, so that rules that undo each other or grow the graph end. Time is
/// about linear in the number of nodes: rules are found by the op at their root.
///
/// @param rules      in the order they are tried
/// @param strictness which of them may run
public record Rewriter(RuleSet rules, Strictness strictness) implements Pass {

    /// How many nodes a rule may make for each node of the graph, and besides.
    private static final int NODES_EACH = 16, NODES_MORE = 200;

    @Override public String name() { return rules.name(); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) { return run(roots, trace, candidates()); }

    Candidates candidates() { return new Candidates(rules, strictness); }

    /// @param candidates what is known of nodes from earlier runs
    List<Expr> run(List<Expr> roots, Trace trace, Candidates candidates) {
        return new Run(trace, candidates, Graph.inOrder(roots).size()).run(roots);
    }

    /// One fixpoint over one graph.
    private final class Run {
        private final Trace trace;
        private final Candidates candidates;
        private final int size;
        private final int budget;
        private final Map<Rule, Integer> spent = new IdentityHashMap<>();

        Run(Trace trace, Candidates candidates, int size) {
            this.trace = trace;
            this.candidates = candidates;
            this.size = size;
            this.budget = NODES_EACH * size + NODES_MORE;
        }

        List<Expr> run(List<Expr> roots) { return new Normalizer(this::step, size).run(roots); }

        /// What the first rule that applies makes of `node`.
        private @Nullable Expr step(Node node) {
            boolean stopped = false;
            for (var rule : candidates.of(node)) {
                var made = rule.apply(node, strictness);
                if (made == null || made == node.result(0)) continue;
                int all = spent.getOrDefault(rule, 0) + cost(rule, node, made);
                if (all > budget) {
                    trace.exhausted(rule.name(), budget);
                    stopped = true;
                    continue;
                }
                spent.put(rule, all);
                trace.fired(rule.name(), node.result(0), made);
                return made;
            }
            if (!stopped) candidates.settle(node);
            return null;
        }

        /// How many nodes were made for `made`: what it stands on is older than what it replaces. Finding an old node costs one.
        private static int cost(Rule rule, Node node, Expr made) {
            var fresh = Graph.inOrder(List.of(made), n -> n.number() > node.number());
            for (var user : fresh) for (var arg : user.args()) if (arg.node() == node) throw new RuleError("""
                rule "%s" turns %s
                into %s, which contains it; what stands in its place must do without it.
                Make it of the inputs of what it replaces.""".formatted(rule.name(), node, made));
            return Math.max(1, fresh.size());
        }
    }
}

package org.agnesi.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
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

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        return new Run(trace, Graph.inOrder(roots).size()).run(roots);
    }

    /// One fixpoint over one graph.
    private final class Run {
        private final Trace trace;
        private final int size;
        private final int budget;
        private final Map<Class<?>, List<Rule>> byOp = new HashMap<>();
        private final Map<Rule, Integer> spent = new HashMap<>();

        Run(Trace trace, int size) {
            this.trace = trace;
            this.size = size;
            this.budget = NODES_EACH * size + NODES_MORE;
        }

        List<Expr> run(List<Expr> roots) { return new Normalizer(this::step, size).run(roots); }

        private List<Rule> rulesFor(Op op) {
            return byOp.computeIfAbsent(op.getClass(), c -> rules.rules().stream()
                .filter(rule -> rule.root().isAssignableFrom(c) && mayRun(rule)).toList());
        }

        private boolean mayRun(Rule rule) {
            return strictness.allows(rule.kind()) || rule.kind() == RuleClass.FINITE && strictness.finiteWhereKnown();
        }

        /// What the first rule that applies makes of `node`.
        private @Nullable Expr step(Node node) {
            for (var rule : rulesFor(node.op())) {
                var made = rule.apply(node, strictness);
                if (made == null || made == node.result(0)) continue;
                int all = spent.getOrDefault(rule, 0) + cost(node, made);
                if (all > budget) {
                    trace.exhausted(rule.name(), budget);
                    continue;
                }
                spent.put(rule, all);
                trace.fired(rule.name(), node.result(0), made);
                return made;
            }
            return null;
        }

        /// How many nodes were made for `made`: what it stands on is older than what it replaces. Finding an old node costs one.
        private static int cost(Node node, Expr made) {
            return Math.max(1, Graph.inOrder(List.of(made), n -> n.number() > node.number()).size());
        }
    }
}

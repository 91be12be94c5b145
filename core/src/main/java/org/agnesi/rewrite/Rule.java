package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.jspecify.annotations.Nullable;

/// One rewrite: where its left side is seen, its right side may stand, provided its conditions hold.
///
/// ```java
/// rule("log-one-plus", log(add(1, x))).to(log1p(x)).as(REAL);
/// rule("sum-of-sum", Sum.class, (node, sum) -> …).as(REAL);
/// ```
/// In the first form a literal stands for any tensor of that number, and the operands of sums and products come in
/// any order. The second form sees an op's parameters.
///
/// @param name       kebab-case, by what it sees
/// @param root       ops that the left side's root may be
/// @param kind       what it keeps of the values
/// @param body       how it sees and replaces
/// @param conditions all must hold
public record Rule(String name, Class<? extends Op> root, RuleClass kind, Body body, List<Condition> conditions) {

    /// How a rule sees and replaces.
    sealed interface Body permits Pattern, ByOp {}

    /// @param sought the left side, its operands in the order they are looked for
    record Pattern(Expr before, Expr after, Expr sought) implements Body {}

    record ByOp(Rewrite<Op> rewrite) implements Body {}

    /// The second form's right side: a replacement for `node`'s result, or null to leave it.
    @FunctionalInterface public interface Rewrite<O extends Op> { @Nullable Expr apply(Node node, O op); }

    /// The left half of a rule, waiting for its right half.
    @FunctionalInterface public interface Draft {
        /// The rule, checked; EXACT until [Rule#as] says otherwise.
        Rule to(Expr after);

        /// A rule whose right side is a number, in the dtype and shape of the left side.
        default Rule to(Number after) { return to(Constant.constant(after)); }
    }

    public static Draft rule(String name, Expr before) {
        return after -> {
            var rule = listed(name, before).to(after);
            RuleCheck.check(rule);
            return rule;
        };
    }

    /// A rule that is not checked.
    static Draft listed(String name, Expr before) {
        return after -> new Rule(name, before.node().op().getClass(), RuleClass.EXACT,
            new Pattern(before, after, Matcher.ordered(before)), List.of());
    }

    /// @param op the ops it looks at: a record, or an interface for a family of them
    public static <O extends Op> Rule rule(String name, Class<O> op, Rewrite<O> rewrite) {
        return new Rule(name, op, RuleClass.EXACT, new ByOp((node, o) -> rewrite.apply(node, op.cast(o))), List.of());
    }

    public Rule as(RuleClass other) { return new Rule(name, root, other, body, conditions); }

    public Rule when(Condition condition) {
        var more = new ArrayList<>(conditions);
        more.add(condition);
        return new Rule(name, root, kind, body, List.copyOf(more));
    }

    /// The replacement for the only result of `node`, of its type; null where the rule does not apply.
    public @Nullable Expr apply(Node node) { return apply(node, Strictness.FINITE); }

    /// As [#apply(Node)]; FINITE rules need operands known to be finite unless `strictness` allows all.
    @Nullable Expr apply(Node node, Strictness strictness) {
        if (node.size() != 1 || !root.isInstance(node.op())) return null;
        var found = switch (body) {
            case Pattern(var _, var after, var sought) -> {
                if (!Matcher.isPossible(sought, node)) yield null;
                var matcher = new Matcher(sought, node.result(0));
                yield matcher.find(() -> holds(matcher.match(), strictness)) ? Build.replacement(node, after, matcher) : null;
            }
            case ByOp(var rewrite) -> strictness.allows(kind) ? rewrite.apply(node, node.op()) : null;
        };
        return found == null ? null : Build.conform(this, node, found);
    }

    /// Whether the conditions hold, and a FINITE rule's operands are finite where that is asked.
    boolean holds(Match match, Strictness strictness) {
        return (strictness.allows(kind) || kind == RuleClass.FINITE && match.bound().values().stream().allMatch(Known::finite))
            && conditions.stream().allMatch(c -> c.holds().test(match));
    }

    @Override public String toString() {
        var text = switch (body) {
            case Pattern(var before, var after, var _) -> name + ": " + before + " → " + after;
            case ByOp _ -> name + ": " + root.getSimpleName() + " → …";
        };
        return conditions.isEmpty() ? text : text + " when " + String.join(", ", conditions.stream().map(Condition::text).toList());
    }
}

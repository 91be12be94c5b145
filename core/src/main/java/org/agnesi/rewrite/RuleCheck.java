package org.agnesi.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.error.AgnesiException;
import org.agnesi.error.RuleError;
import org.agnesi.op.Constant;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// What is wrong with a rule, seen when it is written.
final class RuleCheck {
    /// Types to try the variables with: an op may want a matrix or a scalar.
    private static final List<TensorType> TRIED = List.of(
        TensorType.of(DType.FLOAT64, 3, 3), TensorType.of(DType.FLOAT64, 3), TensorType.scalar(DType.FLOAT64));

    private RuleCheck() {}

    /// The labels of a pattern's variables.
    static List<String> labels(Expr pattern) {
        return Graph.inOrder(List.of(pattern)).stream()
            .filter(node -> node.op() instanceof Wild).map(node -> node.op().name()).distinct().toList();
    }

    /// That the right side uses what the left side binds, and has its type.
    static void check(Rule rule) {
        if (!(rule.body() instanceof Rule.Pattern(var before, var after, var _))) return;
        variables(rule.name(), before, after);
        types(rule, before, after);
    }

    private static void variables(String name, Expr before, Expr after) {
        if (!before.isPattern() || before.node().op() instanceof Wild) throw new RuleError("""
            rule "%s" needs an op with a variable in it on its left side, but got %s
            Write what it should see, as log(exp(x)).""".formatted(name, before));
        var known = labels(before);
        for (var label : labels(after))
            if (!known.contains(label)) throw new RuleError("""
                rule "%s": the right side uses %s, which the left side %s does not bind
                Use variables of the left side only.""".formatted(name, label, before));
    }

    /// Tries both sides on variables of a few types; where the left side can be built, the right must have its type.
    private static void types(Rule rule, Expr before, Expr after) {
        for (var type : TRIED) {
            var match = trial(before, type);
            var left = built(before, match);
            if (left == null) continue;
            var right = Origin.inherit(null, () -> Build.made(after, match));
            if (!right.isWeak() && right.type().dtype() != left.type().dtype()) throw Build.changed(rule, left.node(), right);
            Origin.inherit(null, () -> Build.conform(rule, left.node(), right));
        }
    }

    /// A match in which each variable stands for a graph variable of its name.
    private static Match trial(Expr pattern, TensorType type) {
        var bound = new HashMap<String, Expr>();
        for (var node : Graph.inOrder(List.of(pattern)))
            if (node.op() instanceof Wild wild) bound.computeIfAbsent(wild.label(), label -> standIn(wild, type));
        return new Match(pattern, bound);
    }

    /// A graph variable that `wild` accepts, of this type if it can be, else a bool or a number.
    static Expr standIn(Wild wild, TensorType type) {
        return Stream.of(Variable.variable(wild.label(), type), Variable.variable(wild.label(), type.with(DType.BOOL)))
            .filter(wild.accepts()).findFirst().orElseGet(() -> Constant.constant(2.0));
    }

    private static @Nullable Expr built(Expr before, Match match) {
        try {
            return Origin.inherit(null, () -> Build.made(before, match));
        } catch (AgnesiException _) {
            return null;   // this op wants another rank
        }
    }
}

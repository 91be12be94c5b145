package org.agnesi.op;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.error.LoopError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// What a step of a loop sees while the user writes it: an element of a sequence, or an earlier state.
///
/// A finished loop has plain [Variable]s in their place, so one that is met in a graph has escaped from its loop.
///
/// @param source the sequence or the initial state
/// @param weak   whether its dtype gives way, as that of a state that starts with a literal
public record LoopVariable(String label, TensorType type, Kind kind, Expr source, boolean weak) implements OpN {
    /// What it stands for.
    public enum Kind { ELEMENT, STATE }

    static Expr element(Expr sequence, String label) {
        return make(new LoopVariable(label, LoopBuilder.element(sequence.type()), Kind.ELEMENT, sequence, false));
    }

    static Expr state(Expr initial, TensorType type, String label) {
        return make(new LoopVariable(label, type, Kind.STATE, initial, initial.isWeak()));
    }

    private static Expr make(LoopVariable op) { return Expr.of(op).named(op.label); }

    /// Why `y` does not depend on something its author may have expected: it is made of a sequence's element.
    public static Optional<String> hint(Collection<Expr> ys, Expr x) {
        return Graph.inOrder(ys).stream().filter(n -> n.op() instanceof LoopVariable(_, _, var kind, _, _) && kind == Kind.ELEMENT)
            .findFirst()
            .map(n -> """
                %s is an element of a sequence, a new variable that does not depend on %s. \
                Iterate over indices: scan(arange(y.length()), i -> grad(y.get(i), %2$s))""".formatted(n.result(0), x));
    }

    /// Raises an error if something in `roots` uses a loop's variable: for functions, where none can have a value.
    public static void refuseEscaped(Collection<Expr> roots) {
        for (var node : Graph.inOrder(roots))
            for (var arg : node.args()) if (arg.node().op() instanceof LoopVariable) throw escaped(arg, node);
        for (var root : roots) if (root.node().op() instanceof LoopVariable) throw escaped(root, root.node());
    }

    private static LoopError escaped(Expr variable, Node user) {
        var made = variable.node().origin();
        return new LoopError("""
            %s exists only inside its loop%s, but is used outside it by %s
            Return it from the step, or collect(…) it, and use the loop's result.""".formatted(
            variable, made == null ? "" : " at " + made, user), user.origin());
    }

    @Override public TensorType type(List<Expr> in) { return type; }
    @Override public NDArray value(List<NDArray> in) { throw new LoopError("%s exists only inside its loop".formatted(label)); }
    @Override public List<Partial> partials(List<Expr> in, Expr out) { return List.of(); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.of(); }
    @Override public boolean isMergeable() { return false; }
    @Override public String name() { return label; }
    @Override public Symbol symbol() { return new Symbol.Leaf(label); }
}

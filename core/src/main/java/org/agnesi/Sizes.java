package org.agnesi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.op.Length;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.jspecify.annotations.Nullable;

/// The dimensions of a graph's expressions, written as integer formulas over its inputs: lengths of inputs, integer inputs, constants.
///
/// Equal formulas are one expression, so that "provably equal" is `==`. What only running the graph tells (how many
/// elements are nonzero, a size that is a sum of values) is null.
final class Sizes {
    private static final int DEEPEST = 64;

    private final Set<Expr> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, List<@Nullable Expr>> shapes = new IdentityHashMap<>();
    private final Map<Expr, Expr> values = new IdentityHashMap<>();
    private final Map<Long, Expr> constants = new HashMap<>();
    private final Map<Key, Expr> known = new HashMap<>();

    /// An op and its args, themselves the first of their kind.
    private record Key(Op op, List<Expr> args) {}

    Sizes(List<Expr> inputs) { this.inputs.addAll(inputs); }

    /// Learns the shapes of a node's results; its args' are learnt already.
    void learn(Node node) {
        for (var result : node.results()) {
            if (result.type().rank() == 0 && result.type().dtype().isInteger()) value(result, 0);
            if (result.type().rank() > 0) shape(result, 0);
        }
    }

    /// The dimensions of `e`, null each where they are not known before the call.
    List<@Nullable Expr> shape(Expr e) { return shape(e, 0); }

    private List<@Nullable Expr> shape(Expr e, int depth) {
        var found = shapes.get(e);
        if (found != null) return found;
        var dims = new ArrayList<@Nullable Expr>(e.type().rank());
        boolean leaf = e.node().op() instanceof Variable || inputs.contains(e);
        var formulas = leaf || e.type().isStatic() ? null : e.node().op().outputShapes(e.node().args()).get(e.index());
        for (int axis = 0; axis < e.type().rank(); axis++) {
            var formula = formulas == null ? null : formulas.get(axis);
            if (e.type().isKnown(axis)) dims.add(one(e.length(axis)));
            else if (leaf) dims.add(inputs.contains(e) ? one(e.length(axis)) : null);
            else dims.add(formula == null ? null : value(formula, depth + 1));
        }
        shapes.put(e, dims);
        return dims;
    }

    /// An integer scalar as a formula over the inputs, or null.
    private @Nullable Expr value(Expr e, int depth) {
        var found = values.get(e);
        if (found != null) return found;
        var made = depth > DEEPEST ? null : formula(e, depth);
        if (made != null) values.put(e, made);
        return made;
    }

    private @Nullable Expr formula(Expr e, int depth) {
        if (inputs.contains(e) || e.constantLong().isPresent()) return one(e);
        if (e.node().op() instanceof Length(var axis)) return shape(e.node().arg(0), depth + 1).get(axis);
        if (e.node().op() instanceof Variable || !e.node().op().isPointwise()) return null;
        var args = new ArrayList<Expr>(e.node().args().size());
        for (var arg : e.node().args()) {
            boolean integer = arg.type().rank() == 0 && arg.type().dtype().isInteger();
            var value = integer ? value(arg, depth + 1) : null;
            if (value == null) return null;
            args.add(value);
        }
        return one(folded(e.node().with(args).result(0)));
    }

    private static Expr folded(Expr e) {
        boolean constant = !e.node().args().isEmpty() && e.node().args().stream().allMatch(arg -> arg.constantLong().isPresent());
        return constant ? Tensors.constant(Graph.eval(e, Map.of())) : e;
    }

    /// The first expression that says the same.
    private Expr one(Expr e) {
        if (inputs.contains(e)) return e;
        var constant = e.constantLong();
        if (constant.isPresent()) return constants.computeIfAbsent(constant.getAsLong(), _ -> e);
        return known.computeIfAbsent(new Key(e.node().op(), e.node().args()), _ -> e);
    }
}

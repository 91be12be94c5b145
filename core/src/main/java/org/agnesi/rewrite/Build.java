package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.error.RuleError;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;

/// A rule's right side made of real expressions, and fitted to the type of what it replaces.
final class Build {
    private Build() {}

    /// The right side for a match at `node`, beside the operands that the pattern left.
    static Expr replacement(Node node, Expr after, Matcher matcher) {
        var made = made(after, matcher.match());
        if (matcher.rest().isEmpty()) return made;
        var operands = new ArrayList<Expr>();
        operands.add(made);
        operands.addAll(matcher.rest());
        return node.op().apply(operands);
    }

    /// `pattern` with what its variables stand for; each op fits its operands as its factory would.
    static Expr made(Expr pattern, Match match) {
        var node = pattern.node();
        if (node.op() instanceof Wild) return match.of(pattern);
        if (!pattern.isPattern()) return pattern;
        return node.op().apply(node.args().stream().map(arg -> made(arg, match)).toList());
    }

    /// `made` with the dtype and shape of the node it replaces: values cast, scalars repeated; refined is fine.
    static Expr conform(Rule rule, Node node, Expr made) {
        var wanted = node.types().getFirst();
        if (made.type().refines(wanted)) return made;
        var fitted = made;
        if (made.type().dtype() != wanted.dtype()) {
            if (made.type().dtype().isFloating() && !wanted.dtype().isFloating()) throw changed(rule, node, made);
            fitted = made.node().op() instanceof Constant(var value, var _)
                ? Expr.of(new Constant(value.cast(wanted.dtype()), false)) : Cast.cast(made, wanted.dtype());
        }
        if (!fitted.type().refines(wanted)) {
            if (made.type().rank() != wanted.rank() && made.type().rank() != 0) throw changed(rule, node, made);
            if (!repeats(made.type(), wanted)) throw changed(rule, node, made);
            fitted = BroadcastTo.broadcastTo(fitted, lengths(node));
        }
        return fitted;
    }

    /// What an expression has become, with the sizes that it had.
    static Expr refined(Expr value, Expr before) {
        return value.type().refines(before.type()) ? value : BroadcastTo.broadcastTo(value, lengths(before.node()));
    }

    /// Whether repeating a tensor of type `made` can give one of type `wanted`.
    private static boolean repeats(TensorType made, TensorType wanted) {
        for (int axis = 0; axis < made.rank(); axis++)
            if (made.isKnown(axis) && wanted.isKnown(axis) && made.dim(axis) != wanted.dim(axis)) return false;
        return true;
    }

    /// The lengths of the node's only result, asked of its inputs, so that it need not be computed for them.
    static List<Expr> lengths(Node node) {
        var result = node.result(0);
        var shape = node.op().outputShapes(node.args()).getFirst();
        var dims = new ArrayList<Expr>();
        for (int axis = 0; axis < result.type().rank(); axis++) {
            var dim = result.type().isKnown(axis) || shape.size() <= axis ? null : shape.get(axis);
            dims.add(dim == null ? result.length(axis) : dim);
        }
        return dims;
    }

    static RuleError changed(Rule rule, Node node, Expr made) {
        return new RuleError("""
            rule "%s" turns %s of type %s
            into %s of type %s; a rule must keep the type.""".formatted(
            rule.name(), node, node.types().getFirst(), made, made.type()));
    }
}

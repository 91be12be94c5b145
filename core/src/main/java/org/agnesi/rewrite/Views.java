package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Elementwise;
import org.agnesi.op.Fill;
import org.agnesi.op.Length;
import org.agnesi.op.Neg;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Fills, broadcasts, permuted dimensions and lengths: elements that only move, and sizes that need no elements.
final class Views {
    private Views() {}

    static final List<Rule> RULES = List.of(
        rule("length-of",                Length.class,      Views::lengthOf),
        rule("length-of-steps",          Length.class,      Views::steps),
        rule("fill",                     Fill.class,        (node, fill) -> repeated(node.arg(1), Build.lengths(node))),
        rule("useless-broadcast",        BroadcastTo.class, Views::useless),
        rule("broadcast-of-broadcast",   BroadcastTo.class, Views::twice),
        rule("elementwise-of-broadcast", Elementwise.class, Views::onceForAll),
        rule("identity-dimshuffle",      DimShuffle.class,  Views::identity),
        rule("dimshuffle-of-dimshuffle", DimShuffle.class,  Views::chain),
        rule("dimshuffle-of-neg",        DimShuffle.class,  Views::shuffledNegative),
        rule("dimshuffle-of-broadcast",  DimShuffle.class,  Views::shuffledScalar));

    /// The length of `f(x)` from the lengths of x.
    private static @Nullable Expr lengthOf(Node node, Length length) {
        var e = node.arg(0);
        if (e.type().isKnown(length.axis())) return Constant.index(e.type().dim(length.axis()));
        var shape = e.node().op().outputShapes(e.node().args()).get(e.index());
        return shape.size() <= length.axis() ? null : shape.get(length.axis());
    }

    /// As many rows as a loop that ended early made steps.
    private static @Nullable Expr steps(Node node, Length length) {
        var loop = node.arg(0).node();
        return length.axis() == 0 && loop.op() instanceof Scan scan && scan.spec().until() && scan.spec().lasts().isEmpty()
            ? loop.results().getLast() : null;
    }

    private static Expr repeated(Expr x, List<Expr> dims) { return dims.isEmpty() ? x : BroadcastTo.broadcastTo(x, dims); }

    private static List<Expr> dims(Node broadcast) { return broadcast.args().subList(1, broadcast.args().size()); }

    /// `broadcastTo(x, shape(x))` → `x`
    private static @Nullable Expr useless(Node node, BroadcastTo op) {
        var x = node.arg(0);
        if (!x.type().refines(node.types().getFirst())) return null;
        for (int axis = 0; axis < x.type().rank(); axis++)
            if (!Lengths.isLength(dims(node).get(axis), x, axis)) return null;
        return x;
    }

    private static @Nullable Expr twice(Node node, BroadcastTo op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof BroadcastTo ? BroadcastTo.broadcastTo(inner.arg(0), dims(node)) : null;
    }

    /// `f(repeat(a), repeat(b))` → `repeat(f(a, b))`: computed once along what all repeat, not once per element.
    private static @Nullable Expr onceForAll(Node node, Elementwise op) {
        if (!node.args().stream().allMatch(arg -> arg.node().op() instanceof BroadcastTo)) return null;
        var dims = dims(node.arg(0).node());
        if (!node.args().stream().allMatch(arg -> dims(arg.node()).equals(dims))) return null;
        var sources = node.args().stream().map(arg -> arg.node().arg(0)).toList();
        boolean all = IntStream.range(0, dims.size()).anyMatch(axis -> sources.stream().allMatch(x -> repeats(x, axis - dims.size())));
        return all ? BroadcastTo.broadcastTo(op.apply(sources), dims) : null;
    }

    /// Whether an axis, counted from the end, is one that `x` lacks, or has a single position along.
    private static boolean repeats(Expr x, int axis) {
        int own = x.type().rank() + axis;
        return own < 0 || x.type().dim(own) == 1;
    }

    private static @Nullable Expr identity(Node node, DimShuffle op) {
        return op.pattern().equals(IntStream.range(0, node.arg(0).type().rank()).boxed().toList()) ? node.arg(0) : null;
    }

    private static @Nullable Expr chain(Node node, DimShuffle outer) {
        var inner = node.arg(0).node();
        return inner.op() instanceof DimShuffle(var pattern)
            ? DimShuffle.dimshuffle(inner.arg(0), outer.pattern().stream().mapToInt(d -> d == DimShuffle.NEW
                ? d : pattern.get(d)).toArray()) : null;
    }

    /// `(-x).T` → `-(x.T)`: of what x is, the shuffle may be a part.
    private static @Nullable Expr shuffledNegative(Node node, DimShuffle op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof Neg ? Neg.neg(Expr.of(op, List.of(inner.arg(0)))) : null;
    }

    /// A repeated scalar is the same from every side.
    private static @Nullable Expr shuffledScalar(Node node, DimShuffle op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof BroadcastTo && inner.arg(0).type().rank() == 0
            ? repeated(inner.arg(0), Build.lengths(node)) : null;
    }
}

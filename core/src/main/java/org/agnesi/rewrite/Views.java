package org.agnesi.rewrite;

import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Elementwise;
import org.agnesi.op.Fill;
import org.agnesi.op.Length;
import org.agnesi.op.Mul;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Fills, broadcasts, permuted dimensions and lengths: elements that only move, and sizes that need no elements.
final class Views {
    private Views() {}

    static final List<Rule> RULES = List.of(
        rule("length-of",                Length.class,      Views::lengthOf).samples(RuleSamples::lengths),
        rule("fill",                     Fill.class,        (node, fill) -> repeated(node.arg(1), Build.lengths(node))).samples(RuleSamples::fills),
        rule("useless-broadcast",        BroadcastTo.class, Views::useless).samples(RuleSamples::uselessBroadcasts),
        rule("broadcast-of-broadcast",   BroadcastTo.class, Views::twice).samples(RuleSamples::broadcastsTwice),
        rule("elementwise-of-broadcast", Elementwise.class, Views::onceForAll).samples(RuleSamples::elementwiseOfBroadcasts),
        rule("identity-dimshuffle",      DimShuffle.class,  Views::identity).samples(RuleSamples::identityShuffles),
        rule("dimshuffle-of-dimshuffle", DimShuffle.class,  Views::chain).samples(RuleSamples::shufflesTwice),
        rule("dimshuffle-of-broadcast",  DimShuffle.class,  Views::shuffledScalar).samples(RuleSamples::shuffledScalars),
        rule("sum-over-ones",            Sum.class,         Views::overOnes).as(SIGNED_ZERO).samples(RuleSamples::sumsOverOnes),
        rule("sum-of-broadcast",         Sum.class,         Views::sumOfRepeated).as(REAL).samples(RuleSamples::sumsOfBroadcasts),
        rule("sum-of-sum",               Sum.class,         Views::sumOfSum).as(REAL).samples(RuleSamples::sumsOfSums));

    /// The length of `f(x)` from the lengths of x.
    private static @Nullable Expr lengthOf(Node node, Length length) {
        var e = node.arg(0);
        if (e.type().isKnown(length.axis())) return Constant.index(e.type().dim(length.axis()));
        var shape = e.node().op().outputShapes(e.node().args()).get(e.index());
        return shape.size() <= length.axis() ? null : shape.get(length.axis());
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

    /// `f(repeat(a), repeat(b))` → `repeat(f(a, b))`: computed once, not once per element.
    private static @Nullable Expr onceForAll(Node node, Elementwise op) {
        if (!node.args().stream().allMatch(arg -> arg.node().op() instanceof BroadcastTo)) return null;
        var dims = dims(node.arg(0).node());
        var sources = new ArrayList<Expr>();
        for (var arg : node.args()) {
            var source = arg.node().arg(0);
            if (source.type().rank() != 0 || !dims(arg.node()).equals(dims)) return null;
            sources.add(source);
        }
        return BroadcastTo.broadcastTo(Expr.of(op, sources), dims);
    }

    private static @Nullable Expr identity(Node node, DimShuffle op) {
        return op.pattern().equals(IntStream.range(0, node.arg(0).type().rank()).boxed().toList()) ? node.arg(0) : null;
    }

    private static @Nullable Expr chain(Node node, DimShuffle outer) {
        var inner = node.arg(0).node();
        return inner.op() instanceof DimShuffle(var pattern)
            ? DimShuffle.dimshuffle(inner.arg(0), outer.pattern().stream().mapToInt(d -> d == DimShuffle.NEW ? d : pattern.get(d)).toArray()) : null;
    }

    /// A repeated scalar is the same from every side.
    private static @Nullable Expr shuffledScalar(Node node, DimShuffle op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof BroadcastTo && inner.arg(0).type().rank() == 0
            ? repeated(inner.arg(0), Build.lengths(node)) : null;
    }

    /// A sum over dimensions of size 1 drops them.
    private static @Nullable Expr overOnes(Node node, Sum sum) {
        var x = node.arg(0);
        if (!sum.axes().stream().allMatch(axis -> x.type().dim(axis) == 1)) return null;
        var left = DimShuffle.dimshuffle(x, sum.left(x.type().rank()).stream().mapToInt(d -> d).toArray());
        return Cast.cast(left, node.types().getFirst().dtype());
    }

    /// `sum(repeat(v))` → `v · how often`, along the dimensions that are repeated.
    private static @Nullable Expr sumOfRepeated(Node node, Sum sum) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof BroadcastTo) || !node.arg(0).type().dtype().isFloating()) return null;
        var v = inner.arg(0);
        int missing = inner.args().size() - 1 - v.type().rank();
        var fresh = sum.axes().stream().filter(axis -> axis < missing).toList();
        if (fresh.isEmpty()) return null;
        Expr count = null;
        for (int axis : fresh) count = count == null ? inner.arg(axis + 1) : Mul.mul(count, inner.arg(axis + 1));
        var kept = new ArrayList<Expr>();
        for (int axis = 0; axis < inner.args().size() - 1; axis++) if (!fresh.contains(axis)) kept.add(inner.arg(axis + 1));
        var left = repeated(v, kept);
        var axes = sum.axes().stream().filter(axis -> !fresh.contains(axis)).map(axis -> axis - (int) fresh.stream().filter(f -> f < axis).count()).toList();
        var summed = axes.isEmpty() ? left : sum.over(left, axes);
        return Mul.mul(Cast.cast(Objects.requireNonNull(count), summed.type().dtype()), summed);
    }

    /// `sum(sum(x))` → one sum over all the axes.
    private static @Nullable Expr sumOfSum(Node node, Sum outer) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Sum first)) return null;
        var left = first.left(inner.arg(0).type().rank());
        var axes = new ArrayList<>(first.axes());
        outer.axes().forEach(axis -> axes.add(left.get(axis)));
        axes.sort(null);
        return outer.over(inner.arg(0), axes);
    }
}

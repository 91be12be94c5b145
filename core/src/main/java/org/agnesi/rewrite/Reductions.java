package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.REORDERED;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Div;
import org.agnesi.op.Exp;
import org.agnesi.op.Log;
import org.agnesi.op.LogSoftmax;
import org.agnesi.op.Logsumexp;
import org.agnesi.op.Max;
import org.agnesi.op.Min;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Reduction;
import org.agnesi.op.Softmax;
import org.agnesi.op.Sub;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Sums and other reductions: what need not be reduced, and the stable names of what is.
final class Reductions {
    private Reductions() {}

    static final List<Rule> RULES = List.of(
        rule("sum-over-ones",      Sum.class, Reductions::overOnes)       .as(SIGNED_ZERO),
        rule("sum-of-broadcast",   Sum.class, Reductions::ofRepeated)     .as(REAL),
        rule("sum-of-sum",         Sum.class, Reductions::ofSum)          .as(REAL),
        rule("sum-of-shuffled",    Sum.class, Reductions::ofShuffled)     .as(REAL),
        rule("sum-of-neg",         Sum.class, Reductions::ofNeg)          .as(SIGNED_ZERO),
        rule("sum-of-multiple",    Sum.class, (node, sum) -> ofMultiple(node, sum, true)).as(REAL),
        rule("sum-of-repeated-factor", Sum.class, Reductions::ofRepeatedFactor).as(REORDERED),
        rule("sum-of-repeated-divisor", Sum.class, Reductions::ofRepeatedDivisor).as(REORDERED),
        rule("sum-of-fraction",    Sum.class, (node, sum) -> ofMultiple(node, sum, false)).as(FINITE),
        rule("extremum-of-repeated", Reduction.class, Reductions::extremum));

    static final List<Rule> STABLE = List.of(
        rule("log-of-sum-of-exp",  Log.class, Reductions::logSumExp)      .as(REAL),
        rule("log-of-softmax",     Log.class, Reductions::logOfSoftmax)   .as(REAL),
        rule("exp-over-sum-of-exp", Div.class, Reductions::softmax)       .as(REAL),
        rule("minus-logsumexp",    Sub.class, Reductions::logSoftmax)     .as(REAL));

    static Expr repeated(Expr x, List<Expr> dims) { return dims.isEmpty() ? x : BroadcastTo.broadcastTo(x, dims); }

    /// A sum over dimensions of size 1 drops them.
    private static @Nullable Expr overOnes(Node node, Sum sum) {
        var x = node.arg(0);
        if (!sum.axes().stream().allMatch(axis -> x.type().dim(axis) == 1)) return null;
        var left = DimShuffle.dimshuffle(x, sum.left(x.type().rank()).stream().mapToInt(d -> d).toArray());
        return Cast.cast(left, node.types().getFirst().dtype());
    }

    /// The reduction's axes that repeat what `reduced` is made of, and what is left when those are not repeated.
    private record Repeated(List<Integer> fresh, Expr left, List<Integer> axes, List<Expr> counts) {
        static @Nullable Repeated of(Expr reduced, Reduction reduction) {
            var inner = reduced.node();
            if (!(inner.op() instanceof BroadcastTo)) return null;
            var x = inner.arg(0);
            int rank = inner.args().size() - 1, missing = rank - x.type().rank();
            var fresh = reduction.axes().stream().filter(axis -> axis < missing || x.type().dim(axis - missing) == 1).toList();
            if (fresh.isEmpty()) return null;
            var kept = IntStream.range(0, rank).filter(axis -> !fresh.contains(axis)).boxed().toList();
            var own = DimShuffle.dimshuffle(x, kept.stream().filter(axis -> axis >= missing).mapToInt(axis -> axis - missing).toArray());
            var axes = reduction.axes().stream().filter(axis -> !fresh.contains(axis)).map(kept::indexOf).toList();
            return new Repeated(fresh, repeated(own, kept.stream().map(axis -> inner.arg(axis + 1)).toList()), axes,
                fresh.stream().map(axis -> inner.arg(axis + 1)).toList());
        }
    }

    /// `sum(repeat(v))` → `v · how often`, along the dimensions that are repeated.
    private static @Nullable Expr ofRepeated(Node node, Sum sum) {
        var found = node.arg(0).type().dtype().isFloating() ? Repeated.of(node.arg(0), sum) : null;
        if (found == null) return null;
        var summed = found.axes().isEmpty() ? found.left() : sum.over(found.left(), found.axes());
        return Mul.mul(Cast.cast(found.counts().stream().reduce(Mul::mul).orElseThrow(), summed.type().dtype()), summed);
    }

    /// The largest of equal elements is any of them, where there is one.
    private static @Nullable Expr extremum(Node node, Reduction op) {
        if (!(op instanceof Max || op instanceof Min)) return null;
        var found = Repeated.of(node.arg(0), op);
        if (found == null || found.counts().stream().anyMatch(n -> n.constantLong().orElse(0) < 1)) return null;
        return found.axes().isEmpty() ? found.left() : op.over(found.left(), found.axes());
    }

    /// `sum(sum(x))` → one sum over all the axes.
    private static @Nullable Expr ofSum(Node node, Sum outer) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Sum first)) return null;
        var left = first.left(inner.arg(0).type().rank());
        var axes = new ArrayList<>(first.axes());
        outer.axes().forEach(axis -> axes.add(left.get(axis)));
        axes.sort(null);
        return outer.over(inner.arg(0), axes);
    }

    /// `sum(x.T, 0)` → `sum(x, 1)`: what is left is turned after it, and is less.
    private static @Nullable Expr ofShuffled(Node node, Sum sum) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof DimShuffle(var pattern))) return null;
        var left = sum.left(pattern.size()).stream().map(pattern::get).toList();
        int rank = inner.arg(0).type().rank();
        var axes = IntStream.range(0, rank).filter(axis -> left.isEmpty() || !left.contains(axis)).boxed().toList();
        if (axes.isEmpty() || !left.isEmpty() && !pattern.containsAll(axes)) return null;
        var kept = IntStream.range(0, rank).filter(left::contains).boxed().toList();
        return DimShuffle.dimshuffle(sum.over(inner.arg(0), axes), left.stream().mapToInt(kept::indexOf).toArray());
    }

    private static @Nullable Expr ofNeg(Node node, Sum sum) {
        var inner = node.arg(0).node();
        return inner.op() instanceof Neg && node.arg(0).type().dtype().isFloating() ? Neg.neg(sum.over(inner.arg(0), sum.axes())) : null;
    }

    /// `sum(c·x)` → `c·sum(x)`: where |c| < 1 the sum of the x might overflow though that of the products does not.
    private static @Nullable Expr ofMultiple(Node node, Sum sum, boolean atLeastOne) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Mul) || !node.arg(0).type().dtype().isFloating()) return null;
        for (int i = 0; i < inner.args().size(); i++) {
            var factor = Uniform.of(inner.arg(i));
            if (factor == null || Math.abs(factor.toDouble()) >= 1 != atLeastOne || !Double.isFinite(factor.toDouble())) continue;
            var rest = Cast.cast(without(inner, i), node.arg(0).type().dtype());
            return Mul.mul(Constant.of(factor.toDouble(), rest.type().dtype()), sum.over(rest, sum.axes()));
        }
        return null;
    }

    /// A product without one of its factors.
    private static Expr without(Node product, int factor) {
        var others = new ArrayList<>(product.args());
        others.remove(factor);
        return others.size() == 1 ? others.getFirst() : new Mul().apply(others);
    }

    /// `sum(x · repeat(m))` → `sum(x) · m`, along dimensions that are all repeated: on fewer elements.
    private static @Nullable Expr ofRepeatedFactor(Node node, Sum sum) {
        var inner = node.arg(0).node();
        if (!(inner.op() instanceof Mul)) return null;
        for (int i = 0; i < inner.args().size(); i++) {
            var factor = oncePerSum(node, inner.arg(i), sum);
            if (factor == null) continue;
            return Mul.mul(sum.over(without(inner, i), sum.axes()), factor);
        }
        return null;
    }

    /// `sum(x / repeat(m))` → `sum(x) / m`
    private static @Nullable Expr ofRepeatedDivisor(Node node, Sum sum) {
        var inner = node.arg(0).node();
        var divisor = inner.op() instanceof Div ? oncePerSum(node, inner.arg(1), sum) : null;
        return divisor == null ? null : Div.div(sum.over(inner.arg(0), sum.axes()), divisor);
    }

    /// What a factor is of all terms of each sum; null where terms have different ones.
    private static @Nullable Expr oncePerSum(Node node, Expr factor, Sum sum) {
        var dtype = node.types().getFirst().dtype();
        if (!dtype.isFloating() || node.arg(0).node().args().stream().anyMatch(arg -> arg.type().dtype() != dtype)) return null;
        var found = Repeated.of(factor, sum);
        return found != null && found.axes().isEmpty() ? found.left() : null;
    }

    /// `log(sum(exp(x)))` → `logsumexp(x)`
    private static @Nullable Expr logSumExp(Node node, Log op) {
        var sum = node.arg(0).node();
        return sum.op() instanceof Sum(var axes) && sum.arg(0).node().op() instanceof Exp
            ? new Logsumexp(axes).over(sum.arg(0).node().arg(0), axes) : null;
    }

    private static @Nullable Expr logOfSoftmax(Node node, Log op) {
        var inner = node.arg(0).node();
        return inner.op() instanceof Softmax(var axes) ? new LogSoftmax(axes).along(inner.arg(0), axes) : null;
    }

    /// `exp(x) / sum(exp(x))`, the sum repeated along its axes, → `softmax(x)`
    private static @Nullable Expr softmax(Node node, Div op) {
        var e = node.arg(0);
        var total = spread(node.arg(1));
        return e.node().op() instanceof Exp && total != null && total.op() instanceof Sum(var axes) && total.arg(0) == e
            ? new Softmax(axes).along(e.node().arg(0), axes) : null;
    }

    /// `x − logsumexp(x)`, repeated along its axes, → `logSoftmax(x)`
    private static @Nullable Expr logSoftmax(Node node, Sub op) {
        var total = spread(node.arg(1));
        return total != null && total.op() instanceof Logsumexp(var axes) && total.arg(0) == node.arg(0)
            ? new LogSoftmax(axes).along(node.arg(0), axes) : null;
    }

    /// The reduction that `e` repeats along the axes it reduced; null where `e` is anything else.
    private static @Nullable Node spread(Expr e) {
        if (!(e.node().op() instanceof BroadcastTo)) return null;
        var inner = e.node().arg(0);
        var reduced = inner.node().op() instanceof DimShuffle ? inner.node().arg(0) : inner;
        if (!(reduced.node().op() instanceof Reduction reduction)) return null;
        int rank = reduced.node().arg(0).type().rank();
        var left = reduction.left(rank);
        var places = inner.node().op() instanceof DimShuffle(var pattern) ? pattern
            : IntStream.range(0, inner.type().rank()).boxed().toList();
        int missing = e.type().rank() - places.size();
        if (e.type().rank() != rank) return null;
        for (int axis = 0; axis < rank; axis++)
            if (left.indexOf(axis) != (axis < missing ? -1 : places.get(axis - missing))) return null;
        return reduced.node();
    }
}

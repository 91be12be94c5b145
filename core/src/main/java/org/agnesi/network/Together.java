package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.derive.Pullback;
import org.agnesi.derive.Pushforward;
import org.agnesi.op.Add;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Contract;
import org.agnesi.op.Mul;
import org.agnesi.op.PutSlice;
import org.agnesi.op.Slice;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Sums of sweeps: what goes through the same one is added before it, `J·a + J·b = J·(a + b)`.
///
/// A sum of Jacobians times a vector has a term for each of them, and what is behind all of them, or before, would be swept for each.
final class Together {
    /// Two values made alike are one: so far down they are compared.
    static final int DEEPEST = 4;

    private Together() {}

    /// `scale · of`.
    record Scaled(double scale, Expr of) {
        static Scaled read(Expr e) {
            double scale = 1;
            for (var at = e; ; ) {
                var node = at.node();
                double factor = node.isNegation() ? -1 : node.isProduct() ? number(node.arg(0)) : Double.NaN;
                if (Double.isNaN(factor)) return new Scaled(scale, at);
                var rest = node.args().size() <= 2 ? node.args().getLast() : new Mul().apply(node.args().subList(1, node.args().size()));
                if (rest.type().dtype() != e.type().dtype()) return new Scaled(scale, at);   // 0.3 of integers is none
                scale *= factor;
                at = rest;
            }
        }
    }

    /// That of a constant scalar, repeated or not; NaN of all else.
    static double number(Expr e) {
        var one = e.node().op() instanceof BroadcastTo ? e.node().arg(0) : e;
        return one.node().op() instanceof Constant(var array, var _) && array.rank() == 0 ? array.toDouble() : Double.NaN;
    }

    /// The sum of tensors of one type.
    static Expr sum(List<Expr> terms) { return whole(joined(Multiples.of(terms))); }

    private static Expr whole(List<Multiples> sums) { return sums.stream().flatMap(Multiples::terms).reduce(Add::add).orElseThrow(); }

    /// A sum or difference of sweeps as one sweep where they go through the same; null where no two do.
    static @Nullable Expr swept(Node node) {
        if (!node.isSum()) return null;
        var signs = node.signs();
        var terms = new ArrayList<Expr>();
        for (int k = 0; k < signs.size(); k++) for (var term : terms(node.arg(k))) terms.add(Emission.scaled(term, signs.get(k)));
        boolean uniform = terms.stream().allMatch(term -> term.type().dtype() == node.types().getFirst().dtype());
        if (!uniform || terms.stream().filter(Planner::isSweep).count() < 2) return null;
        var all = Multiples.of(terms);
        var sums = joined(all);
        return sums.size() == all.size() ? null : whole(sums);
    }

    static boolean isSweep(Node node) { return node.op() instanceof Pushforward || node.op() instanceof Pullback; }

    private static List<Multiples> joined(List<Multiples> all) {
        var sums = new ArrayList<Multiples>();
        for (var one : all) add(one, sums);
        return sums;
    }

    private static void add(Multiples one, List<Multiples> sums) {
        for (int i = 0; i < sums.size(); i++) {
            var together = sums.get(i).together(one);
            if (together != null) {
                sums.set(i, together);
                return;
            }
        }
        sums.add(one);
    }

    /// What two have in common, of the sum of what they have not; where that is nothing, of the sum of any part.
    static @Nullable Expr together(Expr a, Expr b) {
        var s = Scaled.read(a);
        var t = Scaled.read(b);
        var first = s.of.node();
        var second = Contract.like(first, t.of.node());
        boolean same = first.op().equals(second.op()) && first.args().size() == second.args().size();
        if (!same || s.of.index() != t.of.index()) return null;
        int[] others = IntStream.range(0, first.args().size())
            .filter(i -> !Labels.same(first.arg(i), second.arg(i), DEEPEST)).toArray();
        if (others.length > 1) return null;
        for (int k : others.length == 1 ? others : IntStream.range(0, first.args().size()).toArray()) {
            if (!first.arg(k).type().equals(second.arg(k).type())) continue;
            var inner = inner(first, k, Emission.scaled(first.arg(k), s.scale), Emission.scaled(second.arg(k), t.scale));
            if (inner == null) continue;
            var args = new ArrayList<>(first.args());
            args.set(k, inner);
            return Expr.all(first.op(), args).get(s.of.index());
        }
        return null;
    }

    /// The sum of what is the only difference: of a sweep's tangents, of vectors in a product, or of what is put among zeros; a sum of
    /// matrices would be one more.
    private static @Nullable Expr inner(Node node, int arg, Expr p, Expr q) {
        boolean isSweep = node.op() instanceof Pushforward(var _, int wrt) && arg >= node.args().size() - wrt
            || node.op() instanceof Pullback && arg == node.args().size() - 1;
        boolean isLinear = node.op() instanceof Contract || node.op() instanceof Mul || node.op() instanceof Slice && arg == 0;
        boolean isPutIntoZeros = node.op() instanceof PutSlice && arg == 1 && number(node.arg(0)) == 0;
        if (!isSweep && !isLinear && !isPutIntoZeros) return null;
        var inner = together(p, q);
        boolean isShort = node.op() instanceof Contract && p.type().rank() <= 1 || isPutIntoZeros;
        return inner == null && (isSweep || isShort) ? sum(Factor.joined(terms(p), terms(q))) : inner;
    }

    private static List<Expr> terms(Expr e) {
        return e.node().isSum() && !e.node().signs().contains(-1) ? e.node().args() : List.of(e);
    }
}

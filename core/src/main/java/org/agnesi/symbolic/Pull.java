package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reverse sweep (Lop): cotangents of results carried back to inputs, each node between them visited once.
///
/// With a cotangent goes a boolean mask `active`, absent until a `where` sets it. Ops below pull as
/// `where(active, pull(g), 0)`, so the branch not taken gives an exact zero even where its derivative is ∞ or NaN:
/// a zero cotangent alone would not do, since 0 · sqrt′(0) is NaN. Where cotangents meet, their masks meet by *or*.
///
/// The sweep only builds graphs, so it nests to any order.
public final class Pull {
    private final Map<Expr, Cotangent> cotangents = new IdentityHashMap<>();
    private final Dependence path;

    /// What has come back to an expression so far, and which of its elements can matter (absent: all).
    private record Cotangent(Expr value, @Nullable Expr active) {}

    private Pull(Dependence path) { this.path = path; }

    /// Cotangents of `xs` given those of `ys`; absent in, absent out where nothing comes back.
    public static List<@Nullable Expr> pull(List<Expr> ys, List<? extends @Nullable Expr> gs, List<Expr> xs) {
        return pull(ys, gs, xs, List.of());
    }

    /// The same with `constants` taken as not depending on anything.
    public static List<@Nullable Expr> pull(
            List<Expr> ys, List<? extends @Nullable Expr> gs, List<Expr> xs, Collection<Expr> constants) {
        return new Pull(new Dependence(xs, ys, constants)).sweep(ys, gs, Collections.nCopies(ys.size(), null), xs);
    }

    /// The same where only some elements of the results matter (absent: all): what continues a sweep inside an op's graph.
    public static List<@Nullable Expr> pullMasked(
            List<Expr> ys, List<? extends @Nullable Expr> gs, List<? extends @Nullable Expr> active, List<Expr> xs) {
        return new Pull(new Dependence(xs, ys, List.of())).sweep(ys, gs, active, xs);
    }

    private List<@Nullable Expr> sweep(List<Expr> ys, List<? extends @Nullable Expr> gs,
        List<? extends @Nullable Expr> active, List<Expr> xs) {
        for (int i = 0; i < ys.size(); i++) {
            var g = gs.get(i);
            if (g != null) receive(ys.get(i), g, active.get(i));
        }
        for (var node : path.order().reversed())
            Origin.inherit(node.origin() == null ? null : node.origin().gradient(), () -> visit(node));
        var found = new ArrayList<@Nullable Expr>(xs.size());
        for (var x : xs) {
            var cotangent = cotangents.get(x);
            found.add(cotangent == null ? null : cotangent.value);
        }
        return found;
    }

    /// Whether values of `x` reach any of `ys`, even if the derivative is zero: what tells "zero" from "disconnected".
    public static boolean isConnected(List<Expr> ys, Expr x) {
        var path = new Dependence(List.of(x), ys, List.of());
        var reached = Collections.<Expr>newSetFromMap(new IdentityHashMap<>());
        reached.add(x);
        for (var node : path.order())
            for (int i = 0; i < node.args().size(); i++)
                for (var result : node.results())
                    if (reached.contains(node.arg(i)) && node.op().isConnected(node.args(), node.results(), i, result.index()))
                        reached.add(result);
        return ys.stream().anyMatch(reached::contains);
    }

    /// Whether `ys` use `x` at all, be it only its shape.
    public static boolean isUsed(List<Expr> ys, Expr x) {
        var path = new Dependence(List.of(x), ys, List.of());
        return ys.stream().anyMatch(path::reaches);
    }

    private @Nullable Void visit(Node node) {
        var gs = new ArrayList<@Nullable Expr>(node.size());
        var actives = new ArrayList<@Nullable Expr>(node.size());
        for (var result : node.results()) {
            var cotangent = cotangents.get(result);
            gs.add(cotangent == null ? null : cotangent.value);
            actives.add(cotangent == null ? null : cotangent.active);
        }
        if (gs.stream().allMatch(g -> g == null)) return null;
        var active = node.size() == 1 ? actives.getFirst() : null;
        var pulled = node.op().pullAll(node.args(), node.results(), gs, actives, i -> path.reaches(node.arg(i)));
        var masks = node.size() == 1
            ? node.op().activeBelow(node.args(), node.result(0), active)
            : Collections.<@Nullable Expr>nCopies(node.args().size(), null);
        for (int i = 0; i < pulled.size(); i++) {
            var g = pulled.get(i);
            if (g == null || !path.reaches(node.arg(i))) continue;
            var mask = node.op().isStructural() || active == null ? null : node.op().isPointwise() ? active : masks.get(i);
            receive(node.arg(i), mask == null ? g : Masks.only(mask, g), masks.get(i));
        }
        return null;
    }

    private void receive(Expr x, Expr g, @Nullable Expr active) {
        if (g.type().rank() != x.type().rank()) throw new IllegalStateException(
            "a cotangent of type %s came back to %s of type %s".formatted(g.type(), x, x.type()));
        var fitted = Tangents.fit(g, x);
        cotangents.merge(x, new Cotangent(fitted, active), (old, more) ->
            new Cotangent(org.agnesi.op.Add.add(old.value, more.value), Masks.either(old.active, more.active)));
    }
}

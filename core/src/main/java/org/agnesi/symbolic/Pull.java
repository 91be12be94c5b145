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
/// a zero cotangent alone would not do, since 0 · sqrt′(0) is NaN. Where cotangents meet, their masks meet by *or*; those of
/// the two sides of an `ifElse` meet as `ifElse` (see [Cotangent]).
///
/// The sweep only builds graphs, so it nests to any order.
public final class Pull {
    private final Map<Expr, Cotangent> cotangents = new IdentityHashMap<>();
    private final Dependence path;

    private Pull(Dependence path) { this.path = path; }

    /// Cotangents of `xs` given those of `ys`; absent in, absent out where nothing comes back.
    public static List<@Nullable Expr> pull(List<Expr> ys, List<? extends @Nullable Expr> gs, List<Expr> xs) {
        return pull(ys, gs, xs, List.of());
    }

    /// The same with `constants` taken as not depending on anything.
    public static List<@Nullable Expr> pull(
            List<Expr> ys, List<? extends @Nullable Expr> gs, List<Expr> xs, Collection<Expr> constants) {
        return values(new Pull(new Dependence(xs, ys, constants)).sweep(ys, Cotangent.everywhere(gs), xs));
    }

    /// The same with cotangents that count only in part: what continues a sweep inside an op's graph. No sides of `ifElse`
    /// are left open.
    public static List<@Nullable Cotangent> pullMasked(List<Expr> ys, List<? extends @Nullable Cotangent> gs, List<Expr> xs) {
        return new Pull(new Dependence(xs, ys, List.of())).sweep(ys, gs, xs);
    }

    /// The cotangents alone.
    public static List<@Nullable Expr> values(List<? extends @Nullable Cotangent> cotangents) {
        var values = new ArrayList<@Nullable Expr>(cotangents.size());
        for (var cotangent : cotangents) values.add(cotangent == null ? null : cotangent.value());
        return values;
    }

    private List<@Nullable Cotangent> sweep(List<Expr> ys, List<? extends @Nullable Cotangent> gs, List<Expr> xs) {
        for (int i = 0; i < ys.size(); i++) receive(ys.get(i), gs.get(i));
        for (var node : path.order().reversed())
            Origin.inherit(node.origin() == null ? null : node.origin().gradient(), () -> visit(node));
        var found = new ArrayList<@Nullable Cotangent>(xs.size());
        for (var x : xs) {
            var cotangent = cotangents.get(x);
            found.add(cotangent == null ? null : cotangent.within(null, x));
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
        var gs = new ArrayList<@Nullable Cotangent>(node.size());
        for (var result : node.results()) gs.add(cotangents.get(result));
        if (gs.stream().allMatch(g -> g == null)) return null;
        var pulled = node.op().pullMasked(node.args(), node.results(), gs, i -> path.reaches(node.arg(i)));
        for (int i = 0; i < pulled.size(); i++) if (path.reaches(node.arg(i))) receive(node.arg(i), pulled.get(i));
        return null;
    }

    private void receive(Expr x, @Nullable Cotangent g) {
        if (g == null) return;
        if (g.value().type().rank() != x.type().rank()) throw new IllegalStateException(
            "a cotangent of type %s came back to %s of type %s".formatted(g.value().type(), x, x.type()));
        var fitted = new Cotangent(Tangents.fit(g.value(), x), g.active(), g.side());
        cotangents.merge(x, fitted, (old, more) -> old.plus(more, x));
    }
}

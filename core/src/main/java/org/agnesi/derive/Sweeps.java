package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Mul;
import org.agnesi.op.Reshape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// A whole Jacobian by one sweep batched over one-hot seeds: reverse, a row per element of `y`, or forward, a column per element of `x`.
///
/// Forward where `x` has fewer elements than `y` (a size that is not known counts as [#ASSUMED]) and what is carried is carried
/// linearly: both ways agree then.
final class Sweeps {
    private static final double ASSUMED = 1000;

    private Sweeps() {}

    /// The Jacobian of `body`'s result with respect to its first param, at `args`.
    static Expr jacobian(Lambda body, List<Expr> args) {
        var y = Derivative.plain(body.results()).getFirst();
        var x = body.params().getFirst();
        var built = isLinear(body) && count(x.type()) < count(y.type()) ? forward(y, x) : reverse(y, x);
        return Graph.replace(List.of(built), Derivative.bound(body, args)).getFirst();
    }

    /// Whether all that sweeps carry through the body is carried linearly: several rows may share one, and columns do for rows.
    static boolean isLinear(Lambda body) { return !Graph.hasOp(body.results(), op -> !op.isLinearlyDerived()); }

    /// Variables and their values.
    static Map<Expr, NDArray> values(List<Expr> variables, List<NDArray> values) {
        var at = new IdentityHashMap<Expr, NDArray>();
        for (int i = 0; i < variables.size(); i++) at.put(variables.get(i), values.get(i));
        return at;
    }

    /// Expressions of which none is absent.
    static List<Expr> present(List<? extends @Nullable Expr> some) {
        var all = new ArrayList<Expr>();
        for (var e : some) all.add(Objects.requireNonNull(e));
        return all;
    }

    /// Puts each of `found` into its place, `from` places on.
    static void fill(List<@Nullable Expr> all, List<Integer> places, int from, List<Expr> found) {
        for (int k = 0; k < places.size(); k++) all.set(from + places.get(k), found.get(k));
    }

    /// Zeros of y's shape followed by x's.
    static Expr zeros(Expr y, Expr x) {
        return BroadcastTo.broadcastTo(Constant.of(0, y.type().dtype().floating()), joined(y.lengths(), x.lengths()));
    }

    private static double count(TensorType type) {
        return type.dims().stream().mapToDouble(d -> d < 0 ? ASSUMED : d).reduce(1, (a, b) -> a * b);
    }

    private static Expr reverse(Expr y, Expr x) {
        var g = Derivative.seed(y);
        var row = Pull.pull(List.of(y), List.of(g), List.of(x)).getFirst();
        if (row == null) return zeros(y, x);
        if (y.type().rank() == 0) return Graph.replace(List.of(row), Map.of(g, Constant.of(1, g.type().dtype()))).getFirst();
        var rows = batched(row, g, y);
        return Reshape.reshape(rows, joined(y.lengths(), x.lengths()));
    }

    private static Expr forward(Expr y, Expr x) {
        var dx = Derivative.seed(x);
        var column = Push.push(List.of(y), List.of(x), List.of(dx)).getFirst();
        if (column == null) return zeros(y, x);
        if (x.type().rank() == 0) return Graph.replace(List.of(column), Map.of(dx, Constant.of(1, dx.type().dtype()))).getFirst();
        var columns = Reshape.reshape(batched(column, dx, x), joined(x.lengths(), y.lengths()));
        int nx = x.type().rank(), ny = y.type().rank();
        return DimShuffle.dimshuffle(columns, IntStream.range(0, nx + ny).map(i -> i < ny ? nx + i : i - ny).toArray());
    }

    /// `result` once per element of `e`, where `seed` is one-hot there.
    private static Expr batched(Expr result, Expr seed, Expr e) {
        var n = e.lengths().stream().reduce(Mul::mul).orElseThrow();
        var eye = FromDiagonal.fromDiagonal(BroadcastTo.broadcastTo(Constant.of(1, seed.type().dtype()), List.of(n)), 0);
        var seeds = e.type().rank() == 1 ? eye : Reshape.reshape(eye, joined(List.of(n), e.lengths()));
        return Vectorize.batch(List.of(result), Map.of(seed, seeds), n).getFirst();
    }

    private static List<Expr> joined(List<Expr> a, List<Expr> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /// The cotangents of a derivative's arguments from that of its first result, as a node that is swept later.
    static List<@Nullable Expr> pulled(Derivative op, List<Expr> in, @Nullable Expr cotangent, IntPredicate wanted) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        var needed = IntStream.range(0, in.size()).filter(wanted).boxed().toList();
        if (cotangent != null) fill(all, needed, 0, Pullback.pullback(Derivative.lambda(op, in, 0), in, needed, cotangent));
        return all;
    }
}

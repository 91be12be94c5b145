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
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.IfElse;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.jspecify.annotations.Nullable;

/// A whole Jacobian by one [Sweep] batched over one-hot seeds: reverse, a row per element of `y`, or forward, a column per element of `x`.
///
/// Forward where `x` has fewer elements than `y`, and for what is symmetric, if what is carried is carried linearly: both ways agree then.
final class Sweeps {
    /// So few sweeps are made without a thought of fewer, where the other number is not known.
    private static final double FEW = 100;

    /// The nodes of a formula of which both ways are built.
    private static final int MOST_NODES = 500;

    private Sweeps() {}

    /// The Jacobian of `body`'s result with respect to its first param, at `args`.
    static Expr jacobian(Lambda body, List<Expr> args, boolean symmetric) {
        var y = Derivative.plain(body.results()).getFirst();
        var x = body.params().getFirst();
        var built = isLinear(body) ? fewest(y, x, symmetric) : rows(y, x, Sweep.reverse(y, x));
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

    /// The way with fewer sweeps; of as many, the one that keeps or takes less. Both, where only the call tells and they are not much to
    /// build.
    private static Expr fewest(Expr y, Expr x, boolean symmetric) {
        double ny = Sweep.elements(y.type()), nx = Sweep.elements(x.type());
        if (symmetric) return columns(y, x, Sweep.forward(y, x));
        if (isOpen(y, x)) return IfElse.ifElse(Compare.lt(Sweep.count(x), Sweep.count(y)),
            columns(y, x, Sweep.forward(y, x)), rows(y, x, Sweep.reverse(y, x)));
        if (nx < ny) return columns(y, x, Sweep.forward(y, x));
        var reverse = Sweep.reverse(y, x);
        var forward = nx == ny ? Sweep.forward(y, x) : null;
        return forward != null && reverse != null && isLess(forward, reverse, y) ? columns(y, x, forward) : rows(y, x, reverse);
    }

    /// Whether the forward one of two sweeps keeps less; through ops that hold graphs also where it keeps as much, since to go back
    /// through loops takes the states of all steps.
    private static boolean isLess(Sweep forward, Sweep reverse, Expr y) {
        double less = reverse.kept() - forward.kept();
        return less > 0 || less == 0 && Graph.hasOp(List.of(y), op -> !op.lambdas().isEmpty());
    }

    /// Whether sizes that are not known decide, and both ways are not much to build.
    private static boolean isOpen(Expr y, Expr x) {
        if (x.type().isStatic() && y.type().isStatic() || Math.min(Sweep.elements(x.type()), Sweep.elements(y.type())) <= FEW) return false;
        var counts = List.of(Sweep.count(x), Sweep.count(y));
        return !new Lambda(List.of(), counts.subList(0, 1)).equals(new Lambda(List.of(), counts.subList(1, 2)))
            && Graph.inOrder(List.of(y)).size() <= MOST_NODES;
    }

    private static Expr rows(Expr y, Expr x, @Nullable Sweep reverse) { return reverse == null ? zeros(y, x) : reverse.rows(); }

    /// The rows of forward sweeps are columns.
    private static Expr columns(Expr y, Expr x, @Nullable Sweep forward) {
        if (forward == null) return zeros(y, x);
        int nx = x.type().rank(), ny = y.type().rank();
        var rows = forward.rows();
        return nx == 0 ? rows : DimShuffle.dimshuffle(rows, IntStream.range(0, nx + ny).map(i -> i < ny ? nx + i : i - ny).toArray());
    }

    static List<Expr> joined(List<Expr> a, List<Expr> b) {
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

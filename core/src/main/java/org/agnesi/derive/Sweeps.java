package org.agnesi.derive;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.FromDiagonal;
import org.agnesi.op.Mul;
import org.agnesi.op.Reshape;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;

/// A whole Jacobian by one sweep batched over one-hot seeds: reverse, a row per element of `y`, or forward, a column per element of `x`.
///
/// Forward where the sizes are known and `x` has fewer elements than `y`.
final class Sweeps {
    private Sweeps() {}

    /// The Jacobian of `body`'s result with respect to its first param, at `args`.
    static Expr jacobian(Lambda body, List<Expr> args) {
        var y = body.results().getFirst();
        var x = body.params().getFirst();
        var built = count(x.type()) < count(y.type()) ? forward(y, x) : reverse(y, x);
        return Graph.replace(List.of(built), bound(body, args)).getFirst();
    }

    /// What the params stand for at `args`.
    static Map<Expr, Expr> bound(Lambda body, List<Expr> args) {
        var bound = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < args.size(); i++) bound.put(body.params().get(i), args.get(i));
        return bound;
    }

    /// `result`, made of the body's params and a seed, at `args` and `value`.
    static Expr at(Lambda body, List<Expr> args, Expr result, Expr seed, Expr value) {
        var bound = bound(body, args);
        bound.put(seed, value);
        return Graph.replace(List.of(result), bound).getFirst();
    }

    /// Zeros of y's shape followed by x's.
    static Expr zeros(Expr y, Expr x) {
        return BroadcastTo.broadcastTo(Constant.of(0, y.type().dtype().floating()), joined(y.lengths(), x.lengths()));
    }

    private static double count(TensorType type) {
        return type.isStatic() ? type.dims().stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b) : Double.NaN;
    }

    private static Expr reverse(Expr y, Expr x) {
        var g = seed(y);
        var row = Pull.pull(List.of(y), List.of(g), List.of(x)).getFirst();
        if (row == null) return zeros(y, x);
        if (y.type().rank() == 0) return Graph.replace(List.of(row), Map.of(g, Constant.of(1, g.type().dtype()))).getFirst();
        var rows = batched(row, g, y);
        return Reshape.reshape(rows, joined(y.lengths(), x.lengths()));
    }

    private static Expr forward(Expr y, Expr x) {
        var dx = seed(x);
        var column = Push.push(List.of(y), List.of(x), List.of(dx)).getFirst();
        if (column == null) return zeros(y, x);
        if (x.type().rank() == 0) return Graph.replace(List.of(column), Map.of(dx, Constant.of(1, dx.type().dtype()))).getFirst();
        var columns = Reshape.reshape(batched(column, dx, x), joined(x.lengths(), y.lengths()));
        int nx = x.type().rank(), ny = y.type().rank();
        return DimShuffle.dimshuffle(columns, IntStream.range(0, nx + ny).map(i -> i < ny ? nx + i : i - ny).toArray());
    }

    static Expr seed(Expr e) { return Variable.variable("seed", e.type().with(e.type().dtype().floating())); }

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
}

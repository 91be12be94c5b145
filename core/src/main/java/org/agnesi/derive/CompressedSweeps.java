package org.agnesi.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Fill;
import org.agnesi.op.Gather;
import org.agnesi.op.IfElse;
import org.agnesi.op.Mul;
import org.agnesi.op.Reshape;
import org.agnesi.op.Scatter;
import org.agnesi.sparse.Compression;
import org.agnesi.sparse.Compression.Result;
import org.agnesi.sparse.SparsityPattern;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// The entries of a sparse Jacobian by few sweeps: each has ones at all columns, or rows, of one colour, and each entry is
/// picked from the sweep of its column or row.
///
/// Averick, Moré, Bischof, Carle, Griewank, *Computing large sparse Jacobian matrices using automatic differentiation* (1994).
final class CompressedSweeps {
    private final Expr y;
    private final Expr x;
    private final Map<Expr, Expr> bound;
    private final Expr tangent;
    private final Expr dy;
    private final List<Expr> pattern;

    /// @param args what the body's params stand for
    CompressedSweeps(Lambda body, List<Expr> args, boolean symmetric) {
        y = Derivative.plain(body.results()).getFirst();
        x = body.params().getFirst();
        bound = Derivative.bound(body, args);
        tangent = Derivative.seed(x);
        var pushed = Push.push(List.of(y), List.of(x), List.of(tangent)).getFirst();
        dy = pushed == null ? Connection.zeros(y) : pushed;
        bound.put(tangent, args.getFirst());
        pattern = SparsityPattern.of(dy, tangent, bound, symmetric);
    }

    /// The pattern: row pointers, columns, and the row of each entry.
    List<Expr> pattern() { return pattern; }

    /// What [Compression] decides.
    List<Expr> compression(boolean symmetric, @Nullable String name) {
        return Expr.all(new Compression(symmetric, name), List.of(pattern.get(0), pattern.get(1), outside(count(x))));
    }

    /// The entries, row by row. Places in sweeps that are not made are 0, so that both sides may be evaluated.
    Expr values(List<Expr> compression, boolean symmetric) {
        var isForward = compression.get(Result.FORWARD.ordinal());
        var place = compression.get(Result.PLACE.ordinal());
        var sweep = compression.get(Result.SWEEP.ordinal());
        var none = Fill.fill(place, Constant.index(0));
        var columns = swept(dy, tangent, x, compression, Result.COLUMN_SWEEPS);
        if (symmetric) return outside(picked(columns, sweep, place));
        var forward = outside(picked(columns, IfElse.ifElse(isForward, sweep, none), IfElse.ifElse(isForward, place, none)));
        var cotangent = Derivative.seed(y);
        bound.put(cotangent, outside(y));
        var pulled = Pull.pull(List.of(y), List.of(cotangent), List.of(x)).getFirst();
        var dx = pulled == null ? Connection.zeros(x) : pulled;
        var rows = swept(dx, cotangent, y, compression, Result.ROW_SWEEPS);
        var reverse = outside(picked(rows, IfElse.ifElse(isForward, none, sweep), IfElse.ifElse(isForward, none, place)));
        return IfElse.ifElse(isForward, forward, reverse);
    }

    private Expr outside(Expr e) { return Graph.replace(List.of(e), bound).getFirst(); }

    private static Expr picked(Expr swept, Expr sweep, Expr place) {
        return Expr.of(new Gather(List.of(0, 1), 0), List.of(swept, sweep, place));
    }

    /// `result` once per sweep as a row, `seed` having ones where an element of `e` is in that sweep.
    private static Expr swept(Expr result, Expr seed, Expr e, List<Expr> compression, Result sweepOf) {
        var sweeps = compression.get(Result.SWEEPS.ordinal());
        var own = Cast.cast(compression.get(sweepOf.ordinal()), DType.INT64);
        var shaped = DimShuffle.expandDims(Reshape.reshape(own, e.lengths()), 0);
        int[] pattern = IntStream.rangeClosed(0, e.type().rank()).map(axis -> axis == 0 ? 0 : DimShuffle.NEW).toArray();
        var hit = Compare.eq(DimShuffle.dimshuffle(Arange.arange(sweeps), pattern), shaped);
        var seeds = Cast.cast(hit, seed.type().dtype());
        var swept = Vectorize.batch(List.of(result), Map.of(seed, seeds), sweeps).getFirst();
        return Reshape.reshape(swept, List.of(sweeps, count(result)));
    }

    static Expr count(Expr e) { return product(e.lengths()); }

    private static Expr product(List<Expr> sizes) { return sizes.stream().reduce(Mul::mul).orElse(Constant.index(1)); }

    /// A matrix with entries at some rows and columns, of y's sizes followed by x's; elsewhere it is 0 or false.
    static Expr dense(Expr values, Expr rows, Expr columns, List<Expr> ySizes, List<Expr> xSizes) {
        var sizes = new ArrayList<>(ySizes);
        sizes.addAll(xSizes);
        var dtype = values.type().dtype();
        var zeros = BroadcastTo.broadcastTo(Constant.of(0, dtype), List.of(product(sizes)));
        var start = Mul.mul(Cast.cast(rows, DType.INT64), product(xSizes));
        var places = start.plus(Cast.cast(columns, DType.INT64));
        return Reshape.reshape(Expr.of(new Scatter(List.of(0), 0, dtype.isFloating()), List.of(zeros, values, places)), sizes);
    }
}

package org.agnesi.derive;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Add;
import org.agnesi.op.Arange;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Extreme;
import org.agnesi.op.Fill;
import org.agnesi.op.Gather;
import org.agnesi.op.IfElse;
import org.agnesi.op.Mul;
import org.agnesi.op.Reshape;
import org.agnesi.op.Scatter;
import org.agnesi.op.Sub;
import org.agnesi.op.Where;
import org.agnesi.sparse.Bands;
import org.agnesi.sparse.Compression;
import org.agnesi.sparse.Compression.Result;
import org.agnesi.sparse.SparsityPattern;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.TensorType;
import org.agnesi.symbolic.Vectorize;
import org.jspecify.annotations.Nullable;

/// The entries of a sparse Jacobian by few sweeps: each has ones at all columns, or rows, of one colour, and each entry is
/// picked from the sweep of its column or row.
///
/// Averick, Moré, Bischof, Carle, Griewank, *Computing large sparse Jacobian matrices using automatic differentiation* (1994).
final class CompressedSweeps {
    /// What a size that is not known counts as where it is guessed whether compression pays.
    private static final int GUESS = 24;
    private static final int MOST_NODES = 1000;
    private static final double LARGE = 1e5;

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

    /// The entries, row by row: picked from forward sweeps, and where there are reverse ones those that are theirs from these.
    ///
    /// Each direction is on a side of an `ifElse`, so that it is made only where it has sweeps; were both sides evaluated, there
    /// would be something to pick from.
    Expr values(List<Expr> compression, boolean symmetric) {
        var bands = Bands.of(dy, tangent);
        if (bands != null && (!symmetric || bands.isDiagonal())) return outside(bands.entries());
        var place = compression.get(Result.PLACE.ordinal());
        var sweep = compression.get(Result.SWEEP.ordinal());
        var columns = swept(dy, tangent, x, compression, true);
        if (symmetric) return outside(picked(columns, sweep, place));
        var zero = Constant.index(0);
        var hasReverse = Compare.gt(compression.get(Result.REVERSE.ordinal()), zero);
        var forward = picked(columns, Extreme.maximum(sweep, zero), only(place, Compare.ge(sweep, zero)));
        var none = Fill.fill(place, Constant.of(0, forward.type().dtype()));
        var found = IfElse.ifElse(Compare.gt(compression.get(Result.FORWARD.ordinal()), zero), forward, none);
        var cotangent = Derivative.seed(y);
        bound.put(cotangent, outside(y));
        var pulled = Pull.pull(List.of(y), List.of(cotangent), List.of(x)).getFirst();
        var dx = pulled == null ? Connection.zeros(x) : pulled;
        var rows = swept(dx, cotangent, y, compression, false);
        var isReverse = Compare.lt(sweep, zero);
        var reverse = picked(rows, Extreme.maximum(Sub.sub(Constant.index(-1), sweep), zero), only(place, isReverse));
        return outside(IfElse.ifElse(hasReverse, Where.where(isReverse, reverse, found), found));
    }

    /// These positions, and 0 for others. The sides share nothing that would be an array.
    private static Expr only(Expr positions, Expr where) { return Mul.mul(positions, Cast.cast(where, DType.INT64)); }

    /// How many sweeps there are, in both directions.
    static Expr sweeps(List<Expr> compression) {
        return Add.add(compression.get(Result.FORWARD.ordinal()), compression.get(Result.REVERSE.ordinal()));
    }

    /// The entries of a whole Jacobian, row by row: for what is carried so that rows cannot share a sweep.
    Expr taken(Expr jacobian) {
        var matrix = Reshape.reshape(jacobian, List.of(rows(), outside(count(x))));
        return picked(matrix, Cast.cast(pattern.get(2), DType.INT64), Cast.cast(pattern.get(1), DType.INT64));
    }

    /// How many rows the Jacobian has.
    Expr rows() { return outside(count(y)); }

    private Expr outside(Expr e) { return Graph.replace(List.of(e), bound).getFirst(); }

    private static Expr picked(Expr swept, Expr sweep, Expr place) {
        return Expr.of(new Gather(List.of(0, 1), 0), List.of(swept, sweep, place));
    }

    /// `result` once per sweep as a row, one at least, `seed` having ones where an element of `e` is in that sweep.
    private static Expr swept(Expr result, Expr seed, Expr e, List<Expr> compression, boolean forward) {
        var count = compression.get((forward ? Result.FORWARD : Result.REVERSE).ordinal());
        var sweeps = Extreme.maximum(count, Constant.index(1));
        var own = Cast.cast(compression.get((forward ? Result.COLUMN_SWEEPS : Result.ROW_SWEEPS).ordinal()), DType.INT64);
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
        var dtype = values.type().dtype();
        var zeros = BroadcastTo.broadcastTo(Constant.of(0, dtype), List.of(product(ySizes), product(xSizes)));
        var matrix = Expr.of(new Scatter(List.of(0, 1), 0, dtype.isFloating()),
            List.of(zeros, values, Cast.cast(rows, DType.INT64), Cast.cast(columns, DType.INT64)));
        if (ySizes.size() == 1 && xSizes.size() == 1) return matrix;
        var sizes = new ArrayList<>(ySizes);
        sizes.addAll(xSizes);
        return Reshape.reshape(matrix, sizes);
    }

    /// The whole Jacobian from compressed sweeps.
    Expr dense(boolean symmetric) {
        var values = values(compression(symmetric, null), symmetric);
        var sizes = Graph.replace(y.lengths(), bound);
        return dense(values, pattern.get(2), pattern.get(1), sizes, outside(x).lengths());
    }

    /// Whether few sweeps make the whole Jacobian, as far as sizes are known; those that are not count as [#GUESS].
    ///
    /// Nothing but speed depends on it.
    boolean pays(boolean symmetric) {
        var node = pattern.getFirst().node();
        var wanted = new ArrayList<>(node.args());
        wanted.addAll(List.of(outside(count(y)), outside(count(x))));
        var nodes = Graph.inOrder(wanted);
        if (nodes.size() > MOST_NODES || nodes.stream().anyMatch(CompressedSweeps::isLarge)) return false;
        var guessed = new IdentityHashMap<Expr, NDArray>();
        for (var leaf : nodes) if (isVariable(leaf)) guessed.put(leaf.result(0), guess(leaf.types().getFirst()));
        try {
            var found = Graph.eval(wanted, guessed);
            int args = node.args().size();
            return pays((SparsityPattern) node.op(), found.subList(0, args), found.get(args), found.get(args + 1), symmetric);
        } catch (AgnesiException e) {
            return false;   // sizes that the formula does not take
        }
    }

    private static boolean pays(SparsityPattern op, List<NDArray> in, NDArray m, NDArray n, boolean symmetric) {
        if (4 * op.entries(in) > m.toLong() * n.toLong()) return false;
        var rows = op.eval(in);
        var compression = new Compression(symmetric, null).eval(List.of(rows.get(0), rows.get(1), n));
        long sweeps = compression.get(Result.FORWARD.ordinal()).toLong() + compression.get(Result.REVERSE.ordinal()).toLong();
        return 4 * sweeps <= Math.min(m.toLong(), n.toLong());
    }

    private static boolean isVariable(Node node) { return node.args().isEmpty() && !node.op().isMergeable(); }

    private static boolean isLarge(Node node) { return node.types().stream().anyMatch(CompressedSweeps::isLarge); }

    private static boolean isLarge(TensorType type) {
        return type.dims().stream().mapToDouble(dim -> dim < 0 ? GUESS : dim).reduce(1, (a, b) -> a * b) > LARGE;
    }

    private static NDArray guess(TensorType type) {
        var shape = Shape.of(type.dims().stream().mapToInt(dim -> dim < 0 ? GUESS : dim).toArray());
        var value = NDArray.zeros(type.dtype(), shape);
        for (int i = 0; i < value.size(); i++) value.setLongAt(i, i % GUESS);
        return value;
    }
}

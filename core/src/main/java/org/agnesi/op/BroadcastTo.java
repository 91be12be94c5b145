package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x` repeated along new leading dimensions and along those of its own that are statically 1; args are `x` and the sizes.
///
/// Every implicit broadcast is one of these, made when the expression is built; printers hide it.
public record BroadcastTo() implements OpN {
    public static Expr broadcastTo(Expr x, List<Expr> dims) {
        var args = new ArrayList<Expr>(dims.size() + 1);
        args.add(x);
        args.addAll(dims);
        return Expr.of(new BroadcastTo(), args);
    }

    @Override public TensorType type(List<Expr> in) {
        var x = in.getFirst();
        var sizes = in.subList(1, in.size());
        var dims = new ArrayList<>(sizes.stream().map(Sizes::dim).toList());
        int missing = dims.size() - x.type().rank();
        if (missing < 0) throw mismatch(x, dims);
        for (int i = 0; i < x.type().rank(); i++) {
            int own = x.type().dim(i), wanted = dims.get(missing + i);
            if (own > -1 && own != 1 && wanted > -1 && own != wanted) throw mismatch(x, dims);
            if (own > -1 && own != 1) dims.set(missing + i, own);
        }
        return x.type().withDims(dims);
    }

    private static ShapeError mismatch(Expr x, List<Integer> dims) {
        return new ShapeError("""
            broadcastTo needs a shape that repeats dimensions of size 1 or adds leading ones, but got %s for %s of type %s
            Insert dimensions of size 1 with dimshuffle first.""".formatted(dims, x, x.type()));
    }

    /// A dimension that does not repeat has the size asked for.
    @Override public List<Fact> facts(List<Expr> in) {
        var x = in.getFirst();
        int missing = in.size() - 1 - x.type().rank();
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < x.type().rank(); i++) {
            var size = in.get(1 + missing + i);
            if (x.type().dim(i) == 1 || x.type().isKnown(i) && Sizes.known(size)) continue;
            if (!(size.node().op() instanceof Length(var axis))) facts.add(new Fact(x, i, Sizes.vector(size, "size " + size), 0));
            else if (size.node().arg(0) != x || axis != i) facts.add(new Fact(x, i, size.node().arg(0), axis));
        }
        return facts;
    }

    @Override public NDArray value(List<NDArray> in) {
        var x = in.getFirst();
        var out = Shape.of(in.stream().skip(1).mapToInt(d -> (int) d.toLong()).toArray());
        int missing = out.rank() - x.rank();
        var strides = x.shape().strides();
        for (int i = 0; i < x.rank(); i++)
            if (x.shape().dim(i) != 1 && x.shape().dim(i) != out.dim(missing + i)) throw new ShapeError("""
                broadcastTo repeats dimensions of size 1 only, but got shape %s for %s
                Reshape it first, so that what is to be repeated has size 1.""".formatted(x.shape(), out));
        return Positions.gather(x, out, at -> IntStream.range(0, x.rank())
            .map(i -> x.shape().dim(i) == 1 ? 0 : at[missing + i] * strides[i]).sum());
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.subList(1, in.size())); }

    /// The transpose of repeating is summing: new axes vanish, axes that were 1 become 1 again.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>();
        var x = in.getFirst();
        var dims = in.subList(1, in.size());
        partials.add(Partial.linear(dx -> broadcastTo(dx, dims), g -> summed(x, g)));
        dims.forEach(_ -> partials.add(Partial.disconnected()));
        return partials;
    }

    private static Expr summed(Expr x, Expr g) {
        int rank = g.type().rank(), missing = rank - x.type().rank();
        int[] repeated = IntStream.range(0, rank).filter(i -> i < missing || x.type().dim(i - missing) == 1 && g.type().dim(i) != 1)
            .toArray();
        if (repeated.length == 0) return g;
        var sum = Sum.sum(g, Axes.over(repeated));
        var left = IntStream.range(missing, rank).filter(i -> IntStream.of(repeated).noneMatch(r -> r == i)).boxed().toList();
        int[] pattern = IntStream.range(missing, rank).map(left::indexOf).toArray();
        return left.size() == pattern.length ? sum : DimShuffle.dimshuffle(sum, pattern);
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var x = in.getFirst();
        int missing = out.getFirst().dims().size() - x.dims().size();
        return new Lowering.View(0, IntStream.range(0, x.dims().size())
            .<Scalar>mapToObj(i -> x.dims().get(i) == 1 ? Scalar.Const.of(0L) : new Scalar.Index(missing + i)).toList());
    }

    /// A batched `x` of lower rank gets its missing dimensions behind the batch.
    @Override public Optional<List<Expr>> batch(Batch b) {
        if (!b.onlyFirst(1)) return Optional.empty();
        var dims = new ArrayList<Expr>(List.of(b.size()));
        dims.addAll(b.in().subList(1, b.in().size()));
        int missing = dims.size() - b.in(0).type().rank();
        int[] pattern = IntStream.range(0, dims.size()).map(i -> i == 0 ? 0 : i <= missing ? DimShuffle.NEW : i - missing).toArray();
        return Optional.of(List.of(broadcastTo(missing == 0 ? b.in(0) : DimShuffle.dimshuffle(b.in(0), pattern), dims)));
    }

    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return new Symbol.Hidden(); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.getFirst()); }
    @Override public boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.getFirst()); }
}

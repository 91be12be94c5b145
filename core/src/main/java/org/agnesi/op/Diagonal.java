package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `y[…, i] = x[…, i, i + offset]`: a diagonal of the last two axes; those before them are a batch.
public record Diagonal(int offset) implements Op1 {
    /// A diagonal over two axes, which come last as one, as in NumPy.
    public static Expr diagonal(Expr x, int offset, int axis1, int axis2) {
        int a = Axes.normalize("diagonal", x, axis1), b = Axes.normalize("diagonal", x, axis2), rank = x.type().rank();
        if (a == b) throw new TypeError("""
            diagonal needs two different axes, but got %d and %d for %s of type %s
            Name the axes whose positions grow together.""".formatted(axis1, axis2, x, x.type()));
        int[] order = IntStream.concat(IntStream.range(0, rank).filter(i -> i != a && i != b), IntStream.of(a, b)).toArray();
        boolean last = a == rank - 2 && b == rank - 1;
        return Expr.of(new Diagonal(offset), last ? x : DimShuffle.dimshuffle(x, order));
    }

    /// The sum of the main diagonal of the first two axes.
    public static Expr trace(Expr x) { return Sum.sum(diagonal(Required.argument("trace", x), 0, 0, 1), Axes.over(-1)); }

    /// The diagonal of a matrix, or the matrix with that diagonal.
    public static Expr diag(Expr x, int offset) {
        if (Required.argument("diag", x).type().rank() == 1) return FromDiagonal.fromDiagonal(x, offset);
        if (x.type().rank() == 2) return diagonal(x, offset, 0, 1);
        throw new TypeError("""
            diag needs a vector or a matrix, but got %s of type %s
            Use diagonal(x, offset, axis1, axis2) for other ranks.""".formatted(x, x.type()));
    }

    @Override public TensorType infer(Expr x) {
        var dims = x.type().dims();
        int rank = dims.size();
        if (rank < 2) throw new TypeError("""
            diagonal needs two axes at least, but got %s of type %s
            Use diag(x) for the matrix with this diagonal.""".formatted(x, x.type()));
        var out = new ArrayList<>(dims.subList(0, rank - 2));
        out.add(dims.get(rank - 2) < 0 || dims.get(rank - 1) < 0 ? TensorType.UNKNOWN : length(dims.get(rank - 2), dims.get(rank - 1)));
        return x.type().withDims(out);
    }

    private int length(int rows, int columns) { return Math.max(0, Math.min(rows + Math.min(0, offset), columns - Math.max(0, offset))); }

    @Override public NDArray eval(NDArray x) {
        int[] dims = x.shape().dims(), strides = x.shape().strides();
        int rank = dims.length, row = strides[rank - 2], column = strides[rank - 1];
        var out = IntStream.concat(IntStream.range(0, rank - 2).map(i -> dims[i]), IntStream.of(length(dims[rank - 2], dims[rank - 1])))
            .toArray();
        return Positions.gather(x, Shape.of(out), at -> IntStream.range(0, rank - 2).map(i -> at[i] * strides[i]).sum()
            + (at[rank - 2] + Math.max(0, -offset)) * row + (at[rank - 2] + Math.max(0, offset)) * column);
    }

    @Override public List<@Nullable Expr> outputShape(Expr x) {
        int rank = x.type().rank();
        var dims = new ArrayList<@Nullable Expr>(x.lengths().subList(0, rank - 2));
        var least = Sizes.min(Sizes.minus(x.length(rank - 2), Math.max(0, -offset)), Sizes.minus(x.length(rank - 1), Math.max(0, offset)));
        dims.add(offset == 0 ? least : Sizes.max(least, Constant.index(0)));
        return dims;
    }

    @Override public Partial partial(Expr x, Expr y) {
        int rank = x.type().rank();
        return Partial.linear(dx -> Expr.of(this, dx), g -> FromDiagonal.fromDiagonal(g, offset, x.length(rank - 2), x.length(rank - 1)));
    }

    @Override public Lowering lower(Operand x, Operand y) {
        int last = x.rank() - 2;
        var index = new ArrayList<>(Scalar.here(last));
        index.add(Scalar.add(Scalar.index(last), Scalar.constant((long) Math.max(0, -offset))));
        index.add(Scalar.add(Scalar.index(last), Scalar.constant((long) Math.max(0, offset))));
        return new Lowering.View(0, index);
    }

    @Override public Optional<Expr> batch(Expr x) { return Optional.of(Expr.of(this, x)); }
    @Override public boolean isStructural() { return true; }
    @Override public Symbol symbol() { return offset == 0 ? Symbol.call(name()) : Symbol.call(name(), "offset=" + offset); }
}

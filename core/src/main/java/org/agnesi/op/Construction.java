package org.agnesi.op;

import org.agnesi.array.DType;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;

/// Tensors made of sizes and numbers, by NumPy's names; all made of [BroadcastTo], [Fill], [Arange] and comparisons.
public final class Construction {
    private Construction() {}

    /// The scalar `v` in a shape.
    public static Expr full(Expr v, DType dtype, Object... shape) {
        Required.of("full", "a dtype", dtype);
        if (Required.argument("full", v).type().rank() != 0) throw new TypeError("""
            full needs a scalar, but got %s of type %s
            Use broadcastTo for a tensor.""".formatted(v, v.type()));
        return BroadcastTo.broadcastTo(typed(v, dtype), Sizes.sizes("a shape", shape));
    }

    /// The scalar `v` in the shape and dtype of `x`.
    public static Expr like(String what, Expr x, Expr v) {
        return Fill.fill(x, typed(Required.of(what, "a value", v), Required.argument(what, x).type().dtype()));
    }

    /// The identity in the shape and dtype of a matrix.
    public static Expr eyeLike(Expr x) {
        if (Required.argument("eyeLike", x).type().rank() != 2) throw new TypeError("""
            eyeLike needs a matrix, but got %s of type %s
            Use eye(rows, columns) with the sizes it should have.""".formatted(x, x.type()));
        return Eye.eye(x.length(0), x.length(1), 0, x.type().dtype());
    }

    /// `v` in a dtype, at once where it is a constant.
    static Expr typed(Expr v, DType dtype) {
        return v.node().op() instanceof Constant(var value, var _) ? Expr.of(new Constant(value.cast(dtype), false)) : Cast.cast(v, dtype);
    }

    /// `n` numbers from `start` to `stop`, both of them included.
    public static Expr linspace(double start, double stop, int n) {
        if (n < 0) throw new TypeError("""
            linspace needs a number of points, but got %d
            Give how many numbers there are from %s to %s.""".formatted(n, start, stop));
        double step = n > 1 ? (stop - start) / (n - 1) : 0;
        var i = Cast.cast(Arange.arange(Constant.index(n)), DType.FLOAT64);
        return Add.add(Mul.mul(i, Constant.of(step, DType.FLOAT64)), Constant.of(start, DType.FLOAT64));
    }

    /// Ones where `column ≤ row + offset`.
    public static Expr tri(Object rows, Object columns, int offset) {
        return Cast.cast(below(Sizes.size("tri", rows), Sizes.size("tri", columns), offset), DType.FLOAT64);
    }

    private static Expr below(Expr rows, Expr columns, int offset) {
        var row = Add.add(DimShuffle.dimshuffle(Arange.arange(rows), 0, DimShuffle.NEW), Constant.index(offset));
        return Compare.le(DimShuffle.dimshuffle(Arange.arange(columns), DimShuffle.NEW, 0), row);
    }

    /// `x` with zeros above the diagonal `offset` of its last two axes.
    public static Expr tril(Expr x, int offset) { return Where.where(below("tril", x, offset), x, Constant.of(0, x.type().dtype())); }

    /// `x` with zeros below the diagonal `offset` of its last two axes.
    public static Expr triu(Expr x, int offset) { return Where.where(below("triu", x, offset - 1), Constant.of(0, x.type().dtype()), x); }

    private static Expr below(String what, Expr x, int offset) {
        if (Required.argument(what, x).type().rank() < 2) throw new TypeError("""
            %s needs two axes at least, but got %s of type %s
            Use tri(rows, columns, offset) for the matrix of zeros and ones.""".formatted(what, x, x.type()));
        return below(x.length(-2), x.length(-1), offset);
    }
}

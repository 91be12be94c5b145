package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A value written into the graph, compared by dtype, shape and bits.
///
/// @param value copied when made
/// @param weak  whether it comes from a Java literal: then its dtype gives way to a typed operand's
public record Constant(NDArray value, boolean weak) implements OpN {

    /// Any Java value as an expression; numbers are weak (whole ones int64), arrays keep their dtype.
    public static Expr constant(Object value) {
        if (Required.of("constant", "a value", value) instanceof Expr already) return already;
        boolean literal = value instanceof Number || value instanceof Boolean;
        var wide = value instanceof Integer || value instanceof Short || value instanceof Byte
            ? (Object) ((Number) value).longValue() : value;
        return Expr.of(new Constant(NDArray.from(wide).copy(), literal));
    }

    /// A scalar of one dtype.
    public static Expr of(double value, DType dtype) { return Expr.of(new Constant(NDArray.full(dtype, Shape.of(), value), false)); }

    /// An int64 scalar: a size or a position.
    public static Expr index(long value) { return Expr.of(new Constant(NDArray.of(value), false)); }

    @Override public TensorType type(List<Expr> in) { return TensorType.of(value.dtype(), value.shape().dims()); }
    @Override public NDArray value(List<NDArray> in) { return value; }
    @Override public List<Partial> partials(List<Expr> in, Expr out) { return List.of(); }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int dim : value.shape().dims()) dims.add(index(dim));
        return dims;
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return value.rank() == 0
            ? new Lowering.Pointwise(value.dtype().isFloating() ? Scalar.Const.of(value.dtype(), value.toDouble())
                : Scalar.Const.of(value.dtype(), value.toLong()))
            : new Lowering.Eval("a constant array is itself");
    }

    /// NumPy's text for scalars, `(3, 3) of 1.0` where all elements are equal, shortened past 20 characters.
    @Override public Symbol symbol() {
        var text = value.rank() > 0 && isUniform() ? value.shape() + " of " + value.take(Shape.of(), i -> 0)
            : value.toString().replaceAll("\\s+", " ");
        return new Symbol.Literal(text.length() <= 20 ? text : text.substring(0, 10) + ".." + text.substring(text.length() - 10));
    }

    /// Whether all elements are the same value.
    public boolean isUniform() {
        var first = value.size() == 0 ? value : value.take(value.shape(), i -> 0);
        return value.size() > 0 && first.equals(value);
    }
}

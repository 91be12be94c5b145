package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Fill;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// Tensors all of whose elements are one known number, seen through fill, dimshuffle, broadcastTo and cast.
final class Uniform {
    private static final int DEEPEST = 32;

    private Uniform() {}

    /// The number, a scalar of the tensor's dtype; null where the elements differ or are not known.
    static @Nullable NDArray of(Expr e) {
        var casts = new ArrayList<DType>();
        for (int depth = 0; depth < DEEPEST; depth++) {
            var node = e.node();
            switch (node.op()) {
                case Constant(var value, var _) -> { return isUniform(value) ? cast(value.take(Shape.of(), i -> 0), casts) : null; }
                case Fill _ -> e = node.arg(1);
                case DimShuffle _, BroadcastTo _ -> e = node.arg(0);
                case Cast(var to) -> {
                    casts.add(to);
                    e = node.arg(0);
                }
                default -> { return null; }
            }
        }
        return null;
    }

    /// The number as a double, NaN where there is none.
    static double valueOf(Expr e) {
        var value = of(e);
        return value == null ? Double.NaN : value.toDouble();
    }

    private static NDArray cast(NDArray value, List<DType> casts) {
        for (var to : casts.reversed()) value = value.cast(to);
        return value;
    }

    /// Whether all elements have the same bits; stops at the first that differs.
    static boolean isUniform(NDArray value) {
        for (int i = 1; i < value.size(); i++)
            if (value.dtype().isFloating() ? Double.doubleToRawLongBits(value.doubleAt(i)) != Double.doubleToRawLongBits(value.doubleAt(0))
                : value.longAt(i) != value.longAt(0)) return false;
        return value.size() > 0;
    }

    /// Whether every element of `e` equals the literal; −0.0 is not 0.
    static boolean matches(NDArray literal, Expr e) {
        var value = of(e);
        return value != null && Double.compare(value.toDouble(), literal.toDouble()) == 0
            && (value.dtype().isFloating() || literal.dtype().isFloating() || value.toLong() == literal.toLong());
    }
}

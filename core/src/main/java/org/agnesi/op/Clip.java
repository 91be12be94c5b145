package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// `x` kept between two bounds, `min(max(x, low), high)`.
///
/// The derivative goes to `x` inside and at the bounds, else to the bound that is the result.
public record Clip() implements Elementwise {
    public static Expr clip(Expr x, Object low, Object high) { return new Clip().apply(x, constant(low), constant(high)); }

    @Override public Scalar code(List<Scalar> x) { return Scalar.min(Scalar.max(x.get(0), x.get(1)), x.get(2)); }

    @Override public NDArray value(List<NDArray> in) {
        var dtype = compute(in.stream().map(NDArray::dtype).toList());
        var x = in.stream().map(e -> e.cast(dtype)).toList();
        return dtype.isFloating()
            ? NDArray.generateDoubles(dtype, x.get(0)
                .shape(), i -> Math.min(Math.max(x.get(0).doubleAt(i), x.get(1).doubleAt(i)), x.get(2).doubleAt(i)))
            : Elementwise.longs(dtype, x.get(0)
                .shape(), i -> Math.min(Math.max(x.get(0).longAt(i), x.get(1).longAt(i)), x.get(2).longAt(i)));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        Expr x = in.get(0), low = in.get(1), high = in.get(2);
        return List.of(
            Partial.symmetric(g -> Where.where(Logical.and(Compare.ge(x, low), Compare.le(x, high)), g, constant(0))),
            Partial.symmetric(g -> Where.where(Logical.and(Compare.lt(x, low), Compare.le(low, high)), g, constant(0))),
            Partial.symmetric(g -> Where.where(Compare.gt(Extreme.maximum(x, low), high), g, constant(0))));
    }
}

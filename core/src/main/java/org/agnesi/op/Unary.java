package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// An elementwise function of one tensor: give its value, its derivative (which may reuse the result `y`) and its code.
public interface Unary extends Elementwise {
    double eval(double x);
    Expr derivative(Expr x, Expr y);
    Scalar code(Scalar x);

    /// The value on integers, for functions that keep them; see [#keepsIntegers].
    default long eval(long x) { throw new UnsupportedOperationException(name() + " of integers"); }

    /// Whether integers stay integers (abs, sign); otherwise they become float64.
    default boolean keepsIntegers() { return false; }

    @Override default DType compute(List<DType> in) { return keepsIntegers() ? in.getFirst() : in.getFirst().floating(); }

    @Override default NDArray value(List<NDArray> in) {
        var dtype = compute(List.of(in.getFirst().dtype()));
        var x = in.getFirst().cast(dtype);
        return dtype.isFloating()
            ? NDArray.generateDoubles(result(dtype), x.shape(), i -> eval(x.doubleAt(i)))
            : Elementwise.longs(result(dtype), x.shape(), i -> eval(x.longAt(i)));
    }

    @Override default List<Partial> partials(List<Expr> in, Expr y) {
        return List.of(Partial.symmetric(g -> Mul.mul(g, derivative(floating(in.getFirst()), y))));
    }

    /// Integers count as floats where a formula goes on with them.
    private static Expr floating(Expr x) { return x.type().dtype().isFloating() ? x : Cast.cast(x, x.type().dtype().floating()); }

    @Override default Scalar code(List<Scalar> x) { return code(x.getFirst()); }
}

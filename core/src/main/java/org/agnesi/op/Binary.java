package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// An elementwise function of two tensors.
public interface Binary extends Elementwise {
    double eval(double a, double b);
    List<Partial> partials(Expr a, Expr b, Expr y);
    Scalar code(Scalar a, Scalar b);

    /// The value on integers, as exact as long arithmetic; it wraps at the dtype's width.
    default long eval(long a, long b) { throw new UnsupportedOperationException(name() + " of integers"); }

    @Override default NDArray value(List<NDArray> in) {
        var dtype = compute(List.of(in.get(0).dtype(), in.get(1).dtype()));
        var a = in.get(0).cast(dtype);
        var b = in.get(1).cast(dtype);
        return dtype.isFloating()
            ? NDArray.generateDoubles(result(dtype), a.shape(), i -> eval(a.doubleAt(i), b.doubleAt(i)))
            : Elementwise.longs(result(dtype), a.shape(), i -> eval(a.longAt(i), b.longAt(i)));
    }

    @Override default List<Partial> partials(List<Expr> in, Expr out) { return partials(in.get(0), in.get(1), out); }
    @Override default Scalar code(List<Scalar> x) { return code(x.get(0), x.get(1)); }
}

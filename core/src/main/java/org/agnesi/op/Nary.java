package org.agnesi.op;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;

/// An associative, commutative function of any number of tensors, folded from the left: sums and products in normal form.
public interface Nary extends Elementwise {
    double eval(double a, double b);
    long eval(long a, long b);
    Scalar code(Scalar a, Scalar b);

    @Override default NDArray value(List<NDArray> in) {
        var dtype = compute(in.stream().map(NDArray::dtype).toList());
        var x = in.stream().map(e -> e.cast(dtype)).toList();
        var shape = x.getFirst().shape();
        return x.stream().reduce((a, b) -> dtype.isFloating()
            ? NDArray.generateDoubles(dtype, shape, i -> eval(a.doubleAt(i), b.doubleAt(i)))
            : NDArray.generateLongs(dtype, shape, i -> eval(a.longAt(i), b.longAt(i)))).orElseThrow();
    }

    /// Booleans add and multiply as int64, as a count would.
    @Override default DType compute(List<DType> in) {
        var common = Elementwise.super.compute(in);
        return common.isBool() ? DType.INT64 : common;
    }

    @Override default Scalar code(List<Scalar> x) { return x.stream().reduce(this::code).orElseThrow(); }
    @Override default boolean isCommutative() { return true; }
}

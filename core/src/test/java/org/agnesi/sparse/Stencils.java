package org.agnesi.sparse;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.upTo;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agnesi.Compiled;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.derive.SparseJacobian;
import org.agnesi.symbolic.Expr;

/// Formulas with sparse Jacobians, and what their tests share.
final class Stencils {
    private Stencils() {}

    /// `x[1:]·x[:-1]`
    static Expr neighbours(Expr x) { return mul(x.get(from(1)), x.get(upTo(-1))); }

    static Expr star(Expr x) {
        var sides = add(add(x.get(upTo(-2), range(1, -1)), x.get(from(2), range(1, -1))), add(x.get(range(1, -1), upTo(-2)), x.get(range(1, -1), from(2))));
        return mul(sides, exp(x.get(range(1, -1), range(1, -1))));
    }

    /// A band, a first row that has all columns, and a first column that all rows have.
    static Expr arrow(Expr x) {
        var band = mul(mul(x.get(range(1, -1)), x.get(upTo(-2))), sin(x.get(from(2))));
        return concatenate(sum(sqr(x)).reshape(1), mul(band, exp(x.get(0))), x.get(from(-1)));
    }

    static NDArray random(int... dims) { return random(DType.FLOAT64, dims); }

    static NDArray random(DType dtype, int... dims) {
        var random = new Random(7);
        return NDArray.generateDoubles(dtype, Shape.of(dims), _ -> random.nextGaussian());
    }

    static Compiled parts(Expr x, SparseJacobian j) {
        return function(inputs(x), outputs(j.values(), List.of(j.columns(), j.rowPointers(), j.sweeps(), j.rows())));
    }

    static long sweeps(Expr y, Expr x, NDArray at) { return function(x, jacobianSparse(y, x).sweeps()).call(at).toLong(); }

    /// Central differences, of the shape of y followed by x's.
    static NDArray differences(Expr y, Expr x, NDArray at) {
        var f = function(x, y);
        var yShape = f.call(at).shape();
        var found = NDArray.zeros(DType.FLOAT64, Shape.of(IntStream.concat(IntStream.of(yShape.dims()), IntStream.of(at.shape().dims())).toArray()));
        double h = 1e-5;
        for (int k = 0; k < at.size(); k++) {
            int column = k;
            var right = f.call(NDArray.generateDoubles(DType.FLOAT64, at.shape(), i -> at.doubleAt(i) + (i == column ? h : 0)));
            var left = f.call(NDArray.generateDoubles(DType.FLOAT64, at.shape(), i -> at.doubleAt(i) - (i == column ? h : 0)));
            for (int i = 0; i < right.size(); i++)
                found.setDoubleAt(i * at.size() + k, (right.doubleAt(i) - left.doubleAt(i)) / (2 * h));
        }
        return found;
    }
}

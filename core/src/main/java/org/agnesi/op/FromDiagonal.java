package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `y[…, i, i + offset] = x[…, i]`, zeros elsewhere: matrices with a given diagonal; args are `x` and their two sizes.
public record FromDiagonal(int offset) implements OpN {
    /// The square matrices just large enough for the diagonal.
    public static Expr fromDiagonal(Expr x, int offset) {
        var n = Sizes.plus(x.length(-1), Constant.index(Math.abs(offset)));
        return fromDiagonal(x, offset, n, n);
    }

    public static Expr fromDiagonal(Expr x, int offset, Expr rows, Expr columns) {
        return Expr.of(new FromDiagonal(offset), x, rows, columns);
    }

    @Override public TensorType type(List<Expr> in) {
        var x = in.getFirst().type();
        var dims = new ArrayList<>(x.dims().subList(0, x.rank() - 1));
        for (var size : in.subList(1, 3)) dims.add(Sizes.dim(size));
        return x.withDims(dims);
    }

    @Override public NDArray value(List<NDArray> in) {
        var x = in.getFirst();
        int last = x.rank() - 1, below = Math.max(0, -offset);
        int[] dims = Arrays.copyOf(x.shape().dims(), last + 2);
        dims[last] = (int) in.get(1).toLong();
        dims[last + 1] = (int) in.get(2).toLong();
        var out = NDArray.zeros(x.dtype(), Shape.of(dims));
        for (int from = 0; from < x.size(); from++) {
            int i = x.shape().index(from)[last], matrix = from / x.shape().dim(last);
            int to = (matrix * dims[last] + i + below) * dims[last + 1] + i + Math.max(0, offset);
            if (x.dtype().isFloating()) out.setDoubleAt(to, x.doubleAt(from));
            else out.setLongAt(to, x.longAt(from));
        }
        return out;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var x = in.getFirst();
        var dims = new ArrayList<@Nullable Expr>(x.lengths().subList(0, x.type().rank() - 1));
        dims.addAll(in.subList(1, 3));
        return dims;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return List.of(
            Partial.linear(dx -> fromDiagonal(dx, offset, in.get(1), in.get(2)), g -> Expr.of(new Diagonal(offset), g)),
            Partial.disconnected(), Partial.disconnected());
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return b.onlyFirst(1) ? Optional.of(List.of(Expr.of(this, b.in()))) : Optional.empty();
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        int last = in.getFirst().rank() - 1;
        var index = new ArrayList<>(Scalar.here(last));
        index.add(Scalar.sub(Scalar.index(last), Scalar.constant((long) Math.max(0, -offset))));
        var hit = Scalar.eq(Scalar.add(Scalar.index(last), Scalar.constant((long) offset)), Scalar.index(last + 1));
        return new Lowering.Gather(Scalar.select(hit, in.getFirst().at(index), Scalar.constant(in.getFirst().dtype(), 0)));
    }

    @Override public boolean isStructural() { return true; }

    /// `diag(v)`: the sizes are seen only where they are more than the diagonal needs.
    @Override public Symbol symbol() { return Symbol.template(offset == 0 ? "diag($0)" : "diag($0, " + offset + ")"); }
}

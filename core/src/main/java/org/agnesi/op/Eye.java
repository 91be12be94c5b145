package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `y[i, j] = 1` where `j = i + offset`, else 0; args are the numbers of rows and columns.
public record Eye(int offset, DType dtype) implements OpN {
    public static Expr eye(Object rows, Object columns, int offset, DType dtype) {
        return Expr.of(new Eye(offset, dtype), Sizes.size("eye", rows), Sizes.size("eye", columns));
    }

    @Override public TensorType type(List<Expr> in) {
        return new TensorType(dtype, in.stream().map(Sizes::dim).toList());
    }

    @Override public NDArray value(List<NDArray> in) {
        var shape = Shape.of((int) in.get(0).toLong(), (int) in.get(1).toLong());
        var y = NDArray.zeros(dtype, shape);
        for (int i = 0; i < shape.size(); i++) if (shape.index(i)[1] == shape.index(i)[0] + offset) y.setLongAt(i, 1);
        return y;
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return new ArrayList<>(in); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.disconnected(), Partial.disconnected()); }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var hit = Scalar.eq(Scalar.index(1), Scalar.add(Scalar.index(0), Scalar.constant((long) offset)));
        return new Lowering.Pointwise(Scalar.select(hit, Scalar.constant(dtype, 1), Scalar.constant(dtype, 0)));
    }

    /// `eye(n)` where it is square and on the main diagonal.
    @Override public Symbol symbol(List<Expr> in) {
        boolean square = in.get(0) == in.get(1) || Sizes.known(in.get(0)) && Sizes.is(in.get(1), Sizes.value(in.get(0)));
        return offset == 0 && square ? Symbol.template("eye($0)") : symbol();
    }

    @Override public Symbol symbol() { return offset == 0 ? Symbol.call(name()) : Symbol.call(name(), "offset=" + offset); }
}

package org.agnesi.symbolic;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.jspecify.annotations.Nullable;

/// An op with two inputs and one result; spares its implementations the lists.
public interface Op2 extends OpN {
    TensorType infer(Expr a, Expr b);
    NDArray eval(NDArray a, NDArray b);
    List<Partial> partials(Expr a, Expr b, Expr y);
    List<@Nullable Expr> outputShape(Expr a, Expr b);
    default Lowering lower(Operand a, Operand b, Operand y) { return new Lowering.Eval("no loop is written yet"); }

    @Override default TensorType type(List<Expr> in) { return infer(in.get(0), in.get(1)); }
    @Override default NDArray value(List<NDArray> in) { return eval(in.get(0), in.get(1)); }
    @Override default List<Partial> partials(List<Expr> in, Expr out) { return partials(in.get(0), in.get(1), out); }
    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return outputShape(in.get(0), in.get(1)); }
    @Override default Lowering lower(List<Operand> in, List<Operand> out) {
        return lower(in.get(0), in.get(1), out.getFirst());
    }
}

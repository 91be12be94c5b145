package org.agnesi.symbolic;

import java.util.List;
import java.util.Optional;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.jspecify.annotations.Nullable;

/// An op with one input and one result; spares its implementations the lists.
public interface Op1 extends OpN {
    TensorType infer(Expr x);
    NDArray eval(NDArray x);
    Partial partial(Expr x, Expr y);
    List<@Nullable Expr> outputShape(Expr x);
    default Lowering lower(Operand x, Operand y) { return new Lowering.Eval("no loop is written yet"); }

    /// This op on `x` with a batch dimension in front.
    default Optional<Expr> batch(Expr x) { return Optional.empty(); }

    @Override default TensorType type(List<Expr> in) { return infer(in.getFirst()); }
    @Override default NDArray value(List<NDArray> in) { return eval(in.getFirst()); }
    @Override default List<Partial> partials(List<Expr> in, Expr out) { return List.of(partial(in.getFirst(), out)); }
    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return outputShape(in.getFirst()); }
    @Override default Lowering lower(List<Operand> in, List<Operand> out) { return lower(in.getFirst(), out.getFirst()); }
    @Override default Optional<List<Expr>> batch(Batch b) { return batch(b.in(0)).map(List::of); }
}

package org.agnesi.op;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The size of one dimension, an int64 scalar; `x` itself is not computed for it.
public record Length(int axis) implements Op1 {
    private static final int DEEPEST = 64;

    /// The size of dimension `axis` of `x`: a constant where the type tells.
    public static Expr length(Expr x, int axis) {
        return !x.isPattern() && x.type().isKnown(axis) ? Constant.index(x.type().dim(axis)) : Expr.of(new Length(axis), x);
    }

    /// The size of a dimension, asked of what `e` is made of, so that `e` need not be computed for it.
    public static Expr traced(Expr e, int axis) {
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (e.type().isKnown(axis)) return Constant.index(e.type().dim(axis));
            var shape = e.node().op().outputShapes(e.node().args()).get(e.index());
            var size = shape.size() <= axis ? null : shape.get(axis);
            if (size == null) break;
            if (!(size.node().op() instanceof Length(var along))) return size;
            if (size.node().arg(0) == e) break;
            e = size.node().arg(0);
            axis = along;
        }
        return e.length(axis);
    }

    @Override public TensorType infer(Expr x) { return TensorType.scalar(DType.INT64); }
    @Override public NDArray eval(NDArray x) { return NDArray.of((long) x.shape().dim(axis)); }
    @Override public List<@Nullable Expr> outputShape(Expr x) { return List.of(); }
    @Override public Partial partial(Expr x, Expr y) { return Partial.disconnected(); }
    @Override public Lowering lower(Operand x, Operand y) { return new Lowering.Pointwise(x.size(axis)); }
    @Override public Symbol symbol() { return Symbol.template("$0.length(" + axis + ")"); }

    /// One length for all rows.
    @Override public Optional<Expr> batch(Expr x) { return Optional.of(length(x, axis + 1)); }

    /// Whether values follow from the inputs' lengths, whatever is in them.
    public static boolean tells(List<Expr> values, Predicate<Expr> isInput) {
        return values.stream().noneMatch(isInput) && Graph.inOrder(values).stream()
            .allMatch(node -> node.op() instanceof Length || node.args().stream().noneMatch(isInput));
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

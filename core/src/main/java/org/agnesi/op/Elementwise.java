package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// An op that works element by element on operands of one shape; [Broadcast] has made them so.
///
/// Operands are cast to one dtype, [#compute]; the result has the dtype [#result] of that.
public interface Elementwise extends OpN {
    /// The result's element from the operands', which have the dtype [#compute].
    Scalar code(List<Scalar> x);

    default DType compute(List<DType> in) {
        var common = in.getFirst();
        for (var dtype : in) common = DType.promote(common, dtype);
        return common;
    }

    default DType result(DType compute) { return compute; }

    /// The op on operands that are first fitted to each other: literals to dtypes, shapes by broadcasting.
    @Override default Expr apply(List<Expr> in) {
        for (var e : in) if (e.isPattern()) return Expr.of(this, in);
        return Expr.of(this, Broadcast.align(name(), Promotion.fitLiterals(in)));
    }

    @Override default TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(in.getFirst().type().dims());
        for (var e : in) {
            if (e.type().rank() != dims.size()) throw Broadcast.mismatch(name(), in);
            for (int axis = 0; axis < dims.size(); axis++) {
                int size = e.type().dim(axis);
                if (size >= 0 && dims.get(axis) >= 0 && size != dims.get(axis)) throw Broadcast.mismatch(name(), in);
                if (size >= 0) dims.set(axis, size);
            }
        }
        return new TensorType(result(compute(dtypes(in))), dims);
    }

    /// The operands' dtypes.
    static List<DType> dtypes(List<Expr> in) {
        var dtypes = new ArrayList<DType>(in.size());
        for (var e : in) dtypes.add(e.type().dtype());
        return dtypes;
    }

    @Override default Lowering lower(List<Operand> in, List<Operand> out) {
        var compute = compute(in.stream().map(Operand::dtype).toList());
        return new Lowering.Pointwise(code(in.stream().map(x -> Scalar.cast(compute, x.here())).toList()));
    }

    @Override default List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int axis = 0; axis < in.getFirst().type().rank(); axis++) dims.add(known(in, axis).length(axis));
        return dims;
    }

    /// An array of integers or booleans computed element by element.
    static NDArray longs(DType dtype, Shape shape, IntToLongFunction value) {
        return dtype.isBool()
            ? NDArray.generateBooleans(shape, i -> value.applyAsLong(i) != 0)
            : NDArray.generateLongs(dtype, shape, value);
    }

    private static Expr known(List<Expr> in, int axis) {
        for (var e : in) if (e.type().isKnown(axis)) return e;
        return in.getFirst();
    }

    @Override default List<Fact> facts(List<Expr> in) {
        var facts = new ArrayList<Fact>();
        var a = in.getFirst();
        for (var b : in.subList(1, in.size()))
            for (int axis = 0; axis < a.type().rank(); axis++)
                if (b != a && !(a.type().isKnown(axis) && b.type().isKnown(axis))) facts.add(new Fact(a, axis, b, axis));
        return facts;
    }

    @Override default Optional<List<Expr>> batch(Batch b) { return Optional.of(List.of(Expr.of(this, b.allFull()))); }

    @Override default boolean isPointwise() { return true; }
}

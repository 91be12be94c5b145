package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// An op that combines the elements along some axes into one and drops those axes.
public interface Reduction extends Op1 {
    /// The axes, increasing and counted from the front.
    List<Integer> axes();

    /// The dtype it adds up in: that of the elements, but int64 for small integers where `widens`.
    default DType result(DType x) { return x; }

    /// The same reduction of another tensor over other axes.
    Expr over(Expr x, List<Integer> axes);

    @Override default TensorType infer(Expr x) {
        return new TensorType(result(x.type().dtype()), left(x.type().rank()).stream().map(x.type()::dim).toList());
    }

    /// The axes that stay.
    default List<Integer> left(int rank) { return IntStream.range(0, rank).filter(i -> !axes().contains(i)).boxed().toList(); }

    /// The flat positions of `x` that element `at` of the result is made of, in C order.
    default int[] sources(Shape x, int[] at) {
        var left = left(x.rank());
        var strides = x.strides();
        int start = IntStream.range(0, at.length).map(i -> at[i] * strides[left.get(i)]).sum();
        var positions = IntStream.of(start);
        for (int axis : axes()) positions = positions.flatMap(p -> IntStream.range(0, x.dim(axis)).map(i -> p + i * strides[axis]));
        return positions.toArray();
    }

    /// The result's shape at run time.
    default Shape reduced(Shape x) { return Shape.of(left(x.rank()).stream().mapToInt(x::dim).toArray()); }

    /// `g`, of the result's shape, with the dropped axes back as dimensions of size 1.
    default Expr kept(Expr g, int rank) {
        var left = left(rank);
        return DimShuffle.dimshuffle(g, IntStream.range(0, rank).map(left::indexOf).toArray());
    }

    /// `g`, of the result's shape, repeated to `x`'s.
    default Expr spread(Expr g, Expr x) { return BroadcastTo.broadcastTo(kept(g, x.type().rank()), x.lengths()); }

    /// The number of elements that make one of the result.
    default Expr count(Expr x, DType dtype) {
        if (axes().stream().allMatch(x.type()::isKnown))
            return Constant.of(axes().stream().mapToDouble(x.type()::dim).reduce(1, (a, b) -> a * b), dtype);
        return Cast.cast(axes().stream().map(x::length).reduce(Mul::mul).orElseThrow(), dtype);
    }

    /// The result computed group by group from floats.
    default NDArray doubles(NDArray x, DType result, ToDoubleFunction<double[]> f) {
        return Positions.doubles(result, reduced(x.shape()),
            at -> f.applyAsDouble(IntStream.of(sources(x.shape(), at)).mapToDouble(x::doubleAt).toArray()));
    }

    /// The result computed group by group from integers or booleans.
    default NDArray longs(NDArray x, DType result, ToLongFunction<long[]> f) {
        return Positions.longs(result, reduced(x.shape()),
            at -> f.applyAsLong(IntStream.of(sources(x.shape(), at)).mapToLong(x::longAt).toArray()));
    }

    @Override default List<@Nullable Expr> outputShape(Expr x) {
        var dims = new ArrayList<@Nullable Expr>();
        for (int axis : left(x.type().rank())) dims.add(x.length(axis));
        return dims;
    }

    @Override default Optional<Expr> batch(Expr x) { return Optional.of(over(x, axes().stream().map(a -> a + 1).toList())); }

    /// All elements that one result is made of matter when it does.
    @Override default List<@Nullable Expr> activeBelow(List<Expr> in, Expr out, @Nullable Expr active) {
        return Collections.singletonList(active == null ? null : spread(active, in.getFirst()));
    }

    /// `sum(x)` over all axes, else `sum(x, axis=0)` or `sum(x, axis=(0, 1))`.
    @Override default Symbol symbol(List<Expr> in) {
        return !in.getFirst().isPattern() && axes().size() == in.getFirst().type().rank() ? Symbol.call(name()) : symbol();
    }

    @Override default Symbol symbol() {
        if (axes().size() != 1)
            return Symbol.call(name(), "axis=" + axes().stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")")));
        return Symbol.call(name(), "axis=" + axes().getFirst());
    }

    /// This reduction with the user's axes, and with reduced axes kept where asked.
    static Expr reduce(Reduction op, Expr x, Axes axes) {
        var over = Required.of(op.name(), "axes", axes).of(op.name(), x);
        if (over.isEmpty() && x.type().rank() > 0) return Cast.cast(x, op.result(x.type().dtype()));
        var y = op.over(x, over);
        return axes.kept() ? ((Reduction) y.node().op()).kept(y, x.type().rank()) : y;
    }
}

package org.agnesi.op;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// An op that maps the elements along some axes to as many, each from all of them: [Softmax], [LogSoftmax].
public interface Normalization extends Op1 {
    /// The axes, increasing and counted from the front.
    List<Integer> axes();

    /// The results for one group of elements.
    double[] normalize(double[] x);

    /// The same of another tensor along other axes.
    Expr along(Expr x, List<Integer> axes);

    /// The op along the user's axes; none means the last.
    static Expr apply(Normalization op, Expr x, Axes axes) {
        if (Required.of(op.name(), "axes", axes).kept()) throw new TypeError("""
            %s keeps all axes, but got axes(…).keep() for %s
            Leave keep() out.""".formatted(op.name(), x));
        var floats = Cast.cast(x, Required.argument(op.name(), x).type().dtype().floating());
        if (x.type().rank() == 0) return op.along(floats, List.of());
        return op.along(floats, (axes.axes().isEmpty() ? Axes.over(-1) : axes).of(op.name(), x));
    }

    @Override default TensorType infer(Expr x) { return x.type().with(x.type().dtype().floating()); }
    @Override default List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
    @Override default Optional<Expr> batch(Expr x) { return Optional.of(along(x, axes().stream().map(a -> a + 1).toList())); }
    @Override default Symbol symbol() {
        return new Sum(axes()).symbol() instanceof Symbol.Call(_, var axis) ? new Symbol.Call(name(), axis) : Symbol.call(name());
    }

    @Override default NDArray eval(NDArray x) {
        var groups = new Sum(axes());
        var out = NDArray.zeros(x.dtype().floating(), x.shape());
        var reduced = groups.reduced(x.shape());
        for (int i = 0; i < reduced.size(); i++) {
            int[] at = groups.sources(x.shape(), Positions.at(reduced, i));
            var y = normalize(IntStream.of(at).mapToDouble(x::doubleAt).toArray());
            for (int k = 0; k < at.length; k++) out.setDoubleAt(at[k], y[k]);
        }
        return out;
    }

    /// All elements of a group matter when one of its results does.
    @Override default List<@Nullable Expr> activeBelow(List<Expr> in, Expr out, @Nullable Expr active) {
        var group = Quantifier.any(axes());
        return Collections.singletonList(active == null ? null : group.spread(group.over(active, axes()), active));
    }

    /// The sum along the axes, repeated along them.
    default Expr total(Expr x) { return new Sum(axes()).spread(new Sum(axes()).over(x, axes()), x); }

    /// `x` less its largest element along the axes, so that no exponential overflows.
    default Expr shifted(Expr x) {
        var largest = new Max(axes());
        return Sub.sub(x, largest.spread(ZeroGrad.zeroGrad(largest.over(x, axes())), x));
    }
}

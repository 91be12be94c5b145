package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A derivative of a product: an op on tensors of one shape, group by group along some axes, linear in all but `x`.
public interface ProductDerivative extends OpN {
    /// The axes that a product runs along.
    List<Integer> along();

    /// The same of other tensors along other axes.
    ProductDerivative along(List<Integer> axes);

    /// One group of the result from those of the arguments.
    double[] group(double[][] rows);

    @Override default TensorType type(List<Expr> in) { return in.getFirst().type(); }
    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override default NDArray value(List<NDArray> in) {
        var shape = in.getFirst().shape();
        var groups = new Sum(along());
        var out = NDArray.zeros(in.getFirst().dtype(), shape);
        var reduced = groups.reduced(shape);
        for (int i = 0; i < reduced.size(); i++) {
            int[] at = groups.sources(shape, Positions.at(reduced, i));
            var y = group(in.stream().map(x -> IntStream.of(at).mapToDouble(x::doubleAt).toArray()).toArray(double[][]::new));
            for (int k = 0; k < at.length; k++) out.setDoubleAt(at[k], y[k]);
        }
        return out;
    }

    @Override default Optional<List<Expr>> batch(Batch b) {
        return Optional.of(List.of(along(along().stream().map(a -> a + 1).toList()).apply(b.allFull())));
    }

    @Override default Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("a product's derivative runs both ways along its axes");
    }
    @Override default Symbol symbol() { return new Symbol.Call(name(), List.of("axis=" + along())); }

    /// `in` with argument `i` replaced; past the end it is appended.
    static List<Expr> with(List<Expr> in, int i, Expr e) {
        var args = new ArrayList<>(in);
        if (i == in.size()) args.add(e);
        else args.set(i, e);
        return args;
    }

    /// `in` without argument `i`, with `e` at the end; without `x`'s place, `e` is one more.
    static List<Expr> moved(List<Expr> in, int x, int i, Expr e) {
        var args = new ArrayList<>(in);
        if (i != x) args.remove(i);
        args.add(e);
        return args;
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Disconnected;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Where a tensor is not 0: per axis an int64 vector of positions, in C order; their common length depends on the values.
///
/// A second argument, where there is one, is the tensor that the first is a mask of: their shapes must agree.
///
/// @param axis where the mask's axes start in the masked tensor's
public record Nonzero(int axis) implements Disconnected {
    public static List<Expr> nonzero(Expr x) {
        if (Required.argument("nonzero", x).type().rank() == 0) throw new TypeError("""
            nonzero needs one dimension at least, but got the scalar %s
            Compare it with 0 instead.""".formatted(x));
        return Expr.all(new Nonzero(0), List.of(x));
    }

    /// The positions where a mask of some axes of `x` is true.
    static List<Expr> masked(Expr mask, Expr x, int axis) { return Expr.all(new Nonzero(axis), List.of(mask, x)); }

    @Override public List<TensorType> infer(List<Expr> in) {
        return Collections.nCopies(in.getFirst().type().rank(), TensorType.of(DType.INT64, TensorType.UNKNOWN));
    }

    @Override public List<Fact> facts(List<Expr> in) {
        var facts = new ArrayList<Fact>();
        var mask = in.getFirst();
        for (int i = 0; in.size() > 1 && i < mask.type().rank(); i++)
            if (!(mask.type().isKnown(i) && in.get(1).type().isKnown(axis + i))) facts.add(new Fact(mask, i, in.get(1), axis + i));
        return facts;
    }

    @Override public List<NDArray> eval(List<NDArray> in) { return positions(in.getFirst()); }

    static List<NDArray> positions(NDArray x) {
        IntPredicate isSet = x.dtype().isFloating() ? i -> x.doubleAt(i) != 0 : i -> x.longAt(i) != 0;
        int[] set = IntStream.range(0, x.size()).filter(isSet).toArray();
        return IntStream.range(0, x.rank())
            .mapToObj(k -> NDArray.generateLongs(DType.INT64, Shape.of(set.length), i -> x.shape().index(set[i])[k])).toList();
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return Collections.nCopies(in.getFirst().type().rank(), Collections.singletonList(null));
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("the result's length depends on values");
    }
    @Override public String name() { return "nonzero"; }

    /// A mask's tensor is not shown.
    @Override public Symbol symbol() { return Symbol.template("nonzero($0)"); }
}

package org.agnesi.op;

import java.util.List;
import java.util.stream.LongStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// Whether every element along some axes is true, or not 0; of no elements yes.
public record All(List<Integer> axes) implements Fold {
    public static Expr all(Expr x) { return all(x, Axes.ALL); }
    public static Expr all(Expr x, Axes axes) { return Reduction.reduce(new All(List.of()), x, axes); }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new All(List.copyOf(axes)), List.of(x)); }
    @Override public Combine combine() { return Combine.AND; }
    @Override public DType result(DType x) { return DType.BOOL; }
    @Override public NDArray eval(NDArray x) {
        return longs(x.cast(DType.BOOL), DType.BOOL, row -> LongStream.of(row).allMatch(e -> e != 0) ? 1 : 0);
    }
    @Override public Partial partial(Expr x, Expr y) { return Partial.zero(); }
}

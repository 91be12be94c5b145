package org.agnesi.op;

import java.util.List;
import java.util.stream.LongStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// Whether all or any of the elements along some axes are true, or not 0; of no elements all are and none is.
///
/// @param connective AND for all, OR for any
public record Quantifier(Logical.Connective connective, List<Integer> axes) implements Fold {
    public static Expr all(Expr x) { return all(x, Axes.ALL); }
    public static Expr all(Expr x, Axes axes) { return Reduction.reduce(new Quantifier(Logical.Connective.AND, List.of()), x, axes); }
    public static Expr any(Expr x) { return any(x, Axes.ALL); }
    public static Expr any(Expr x, Axes axes) { return Reduction.reduce(any(List.of()), x, axes); }

    static Quantifier any(List<Integer> axes) { return new Quantifier(Logical.Connective.OR, axes); }

    public Quantifier {
        axes = List.copyOf(axes);
        if (connective != Logical.Connective.AND && connective != Logical.Connective.OR)
            throw new IllegalArgumentException("neither all nor any: " + connective);
    }

    private boolean isAll() { return connective == Logical.Connective.AND; }

    @Override public Expr over(Expr x, List<Integer> axes) { return Expr.of(new Quantifier(connective, axes), x); }
    @Override public Combine combine() { return isAll() ? Combine.AND : Combine.OR; }
    @Override public DType result(DType x) { return DType.BOOL; }
    @Override public String name() { return isAll() ? "all" : "any"; }
    @Override public Partial partial(Expr x, Expr y) { return Partial.zero(); }
    @Override public NDArray eval(NDArray x) {
        return longs(x.cast(DType.BOOL), DType.BOOL, row -> (isAll() ? LongStream.of(row).allMatch(e -> e != 0)
            : LongStream.of(row).anyMatch(e -> e != 0)) ? 1 : 0);
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;

/// What a user writes between the brackets, item by item: each an expression or an [Index], one per dimension.
final class IndexItems {
    private IndexItems() {}

    static List<Object> of(Expr x, Object... index) {
        return whole(x, Arrays.stream(Required.of("an index", "items", index)).map(given -> item(x, given)).toList());
    }

    /// An item as an expression or an [Index].
    private static Object item(Expr x, Object given) {
        return switch (Required.of("an index", "integers, spans or tensors", given)) {
            case Index index -> index;
            case Integer i -> Constant.index(i);
            case Long i -> Constant.index(i);
            case Expr e when !e.type().dtype().isFloating() && !(e.type().dtype().isBool() && e.type().rank() == 0) -> e;
            case int[] p -> Constant.constant(p);
            case long[] p -> Constant.constant(p);
            case boolean[] p -> Constant.constant(p);
            case NDArray p when !p.dtype().isFloating() -> Constant.constant(p);
            case int[][] p -> Constant.constant(p);
            case boolean[][] p -> Constant.constant(p);
            default -> throw new TypeError("""
                an index of %s needs integers, spans, or tensors of integers or booleans, but got %s
                Write all(), range(1, 3), from(1), upTo(-1), newAxis(), ellipsis(), or cast to int64.""".formatted(x, described(given)));
        };
    }

    private static String described(Object given) { return given instanceof Expr e ? e + " of type " + e.type() : String.valueOf(given); }

    /// The items with the ellipsis written out.
    private static List<Object> whole(Expr x, List<Object> items) {
        int rank = x.type().rank(), taken = items.stream().mapToInt(IndexItems::axesOf).sum();
        int dots = items.indexOf(new Index.Ellipsis());
        if (dots != items.lastIndexOf(new Index.Ellipsis())) throw new TypeError("""
            an index of %s needs one ellipsis() at most, but got more
            Write all() for each other whole dimension.""".formatted(x));
        if (taken > rank) throw new TypeError("""
            an index of %s of type %s needs at most one item per dimension, %d in all, but got %d
            newAxis() makes new dimensions.""".formatted(x, x.type(), rank, taken));
        var whole = new ArrayList<>(items);
        if (dots >= 0) whole.remove(dots);
        whole.addAll(dots >= 0 ? dots : whole.size(), Collections.nCopies(rank - taken, new Index.Range(null, null, 1)));
        return whole;
    }

    private static int axesOf(Object item) {
        return switch (item) {
            case Index.NewAxis(), Index.Ellipsis() -> 0;
            case Expr e when e.type().dtype().isBool() -> e.type().rank();
            default -> 1;
        };
    }
}

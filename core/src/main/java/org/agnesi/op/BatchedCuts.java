package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;

/// A slice some of whose positions differ by row of a batch: what is the same in all rows is sliced, the rest gathered.
///
/// @param x      the tensor, with a batch in front where it has one
/// @param cuts   the cuts of `x` that are the same in all rows
/// @param given  their positions
/// @param axes   the axes of the sliced `x` that are gathered
/// @param rows   the positions along them, a vector each
record BatchedCuts(Expr x, List<Cut> cuts, List<Expr> given, List<Integer> axes, List<Expr> rows) {

    /// Empty where a bound of a span is batched.
    static Optional<BatchedCuts> of(List<Cut> cuts, Batch b, int firstGiven) {
        boolean full = b.has(0) || firstGiven > 1;
        var common = new ArrayList<Cut>();
        var given = new ArrayList<Expr>();
        var axes = new ArrayList<Integer>();
        var rows = new ArrayList<Expr>();
        if (full) {
            common.add(Cut.ALL);
            axes.add(0);
            rows.add(Arange.arange(b.size()));
        }
        int next = firstGiven, kept = full ? 1 : 0;
        for (var cut : cuts) {
            int count = (int) Cut.given(List.of(cut));
            boolean batched = IntStream.range(next, next + count).anyMatch(b::has);
            if (batched && !cut.drops()) return Optional.empty();
            if (batched) {
                axes.add(kept);
                rows.add(b.in(next));
            } else given.addAll(b.in().subList(next, next + count));
            common.add(batched ? Cut.ALL : cut);
            if (batched || !cut.drops()) kept++;
            next += count;
        }
        return Optional.of(new BatchedCuts(full ? b.full(0) : b.in(0), common, given, axes, rows));
    }

    /// The rows of the slice.
    Expr get() { return Gather.gather(Slice.slice(x, cuts, given), axes, 0, rows); }

    /// `x` with the rows replaced by those of `v`, or with them added.
    Expr put(Expr v, boolean adds) {
        var part = Slice.slice(x, cuts, given);
        var changed = Scatter.scatter(part, v, axes, 0, rows, adds);
        return part == x ? changed : PutSlice.put(x, changed, cuts, given, false);
    }
}

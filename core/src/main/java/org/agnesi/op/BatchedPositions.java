package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;

/// A gather or scatter along a batch: the same along one axis more, or, where positions differ by row, with the row's number
/// as one position more.
///
/// @param axes  the axes of one row's tensor
/// @param at    where the positions' dimensions are in one row's result
/// @param first the argument with which the positions start
record BatchedPositions(List<Integer> axes, int at, Batch b, int first) {

    private boolean samePositions() { return b.onlyFirst(first); }

    private boolean full() { return first > 1 || b.has(0); }

    private Expr x() { return full() ? b.full(0) : b.in(0); }

    private List<Integer> wider() {
        if (!full()) return axes;
        var wider = new ArrayList<>(axes.stream().map(axis -> axis + 1).toList());
        if (!samePositions()) wider.addFirst(0);
        return wider;
    }

    /// The positions, all with the batch in front where they differ; the row's number first where `x` has rows.
    private List<Expr> positions() {
        if (samePositions()) return b.in().subList(first, b.in().size());
        var positions = new ArrayList<>(IntStream.range(first, b.in().size()).mapToObj(b::full).toList());
        if (full()) positions.addFirst(row(positions.getFirst().type().rank()));
        return positions;
    }

    private Expr row(int rank) {
        return DimShuffle.dimshuffle(Arange.arange(b.size()), IntStream.range(0, rank).map(i -> i == 0 ? 0 : DimShuffle.NEW).toArray());
    }

    /// Where positions differ, the batch and their dimensions come first, then the others: the order `at = 0`.
    private int[] order(int rank, boolean back) {
        int dims = b.in(first).type().rank() - (b.has(first) ? 1 : 0);
        int[] order = IntStream.range(0, rank).map(i -> i == 0 ? 0 : i <= dims ? at + i : i <= dims + at ? i - dims : i).toArray();
        return back ? IntStream.range(0, rank).map(i -> IntStream.range(0, rank).filter(j -> order[j] == i).findFirst().orElseThrow())
            .toArray() : order;
    }

    Expr get() {
        if (samePositions()) return Gather.gather(x(), wider(), at + 1, positions());
        var y = Gather.gather(x(), wider(), 0, positions());
        return at == 0 ? y : DimShuffle.dimshuffle(y, order(y.type().rank(), true));
    }

    Expr put(Expr v, boolean adds) {
        if (samePositions()) return Scatter.scatter(x(), v, wider(), at + 1, positions(), adds);
        return Scatter.scatter(x(), at == 0 ? v : DimShuffle.dimshuffle(v, order(v.type().rank(), false)), wider(), 0, positions(), adds);
    }
}

package org.agnesi.sparse;

import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The longest rows by themselves, and the columns of all that is left.
///
/// The rows are so many that they and what is left of the longest are fewest, if each of them needs a sweep.
record LongRows(Rows rows, Rows columns, int[] order, int count) {
    LongRows(Rows rows, Rows columns) { this(rows, columns, rows.byLength()); }

    private LongRows(Rows rows, Rows columns, int[] order) {
        this(rows, columns, order, IntStream.range(0, order.length).boxed()
            .min(Comparator.comparingInt(k -> k + rows.length(order[k]))).orElse(0));
    }

    /// At least so many sweeps, if each long row takes one; without long rows it is no other way than that of the columns.
    int least() { return count == 0 ? Integer.MAX_VALUE : count + rows.length(order[count]); }

    BitSet taken() {
        var taken = new BitSet(rows.count());
        for (int k = 0; k < count; k++) taken.set(order[k]);
        return taken;
    }

    /// The sweeps of the long rows; others are in none.
    Coloring own() {
        var taken = taken();
        var own = rows.only(taken::get);
        var coloring = Coloring.columns(own.transposed(columns.count()), own);
        return new Coloring(coloring.count(),
            IntStream.range(0, rows.count()).map(row -> taken.get(row) ? coloring.colors()[row] : Directions.NONE).toArray());
    }

    /// The sweeps of the columns, for the other rows.
    Coloring others() {
        var taken = taken();
        var rest = rows.only(row -> !taken.get(row));
        return Coloring.columns(rest, rest.transposed(columns.count()));
    }
}

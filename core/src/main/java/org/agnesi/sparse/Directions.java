package org.agnesi.sparse;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Which sweeps make a matrix: forward ones along columns, reverse ones along rows, or both.
///
/// An entry comes from its row's sweep where its row is one of `byRow` and its column is none of `byColumn`, else from its column's.
/// A matrix with a few long rows and a few long columns takes a sweep for each of these, and few for what is left:
/// the long rows in reverse, the others forward; or the long columns forward, the others in reverse.
///
/// Coleman, Verma, *The efficient computation of sparse Jacobian matrices using automatic differentiation*, SIAM Journal on
/// Scientific Computing 19 (1998): direct determination, by a partition of the rows, or of the columns, in one step.
///
/// @param columns the forward sweep of each column; those that no forward sweep has are of colour [#NONE]
/// @param rows    the reverse sweep of each row, likewise
record Directions(Coloring columns, Coloring rows, BitSet byRow, BitSet byColumn) {
    static final int NONE = -1;

    int sweeps() { return columns.count() + rows.count(); }

    boolean isByRow(int row, int column) { return byRow.get(row) && !byColumn.get(column); }

    /// The fewest sweeps found. What might take the fewest is tried first, and what cannot take fewer than are found not at all:
    /// colouring the rows of a matrix with a long column takes the square of its length.
    static Directions fewest(Rows rows, Rows columns) {
        var longRows = new LongRows(rows, columns);
        var longColumns = new LongRows(columns, rows);
        var ways = Stream.of(
            new Way(rows.longest(), () -> forward(Coloring.columns(rows, columns), rows.count())),
            new Way(columns.longest(), () -> reverse(Coloring.columns(columns, rows), columns.count())),
            new Way(longRows.least(), () -> new Directions(longRows.others(), longRows.own(), longRows.taken(), new BitSet())),
            new Way(longColumns.least(),
                () -> new Directions(longColumns.own(), longColumns.others(), all(rows.count()), longColumns.taken())));
        Directions best = null;
        for (var way : ways.sorted(Comparator.comparingInt(Way::least)).toList()) {
            if (best != null && way.least >= best.sweeps()) break;
            var found = way.found.get();
            if (best == null || found.sweeps() < best.sweeps()) best = found;
        }
        return Objects.requireNonNull(best);
    }

    /// A way to divide a matrix, and how many sweeps it takes at least.
    private record Way(int least, Supplier<Directions> found) {}

    /// All columns forward.
    static Directions forward(Coloring columns, int rows) { return new Directions(columns, none(rows), new BitSet(), new BitSet()); }

    private static Directions reverse(Coloring rows, int columns) {
        return new Directions(none(columns), rows, all(rows.colors().length), new BitSet());
    }

    private static Coloring none(int count) {
        var colors = new int[count];
        Arrays.fill(colors, NONE);
        return new Coloring(0, colors);
    }

    private static BitSet all(int count) {
        var all = new BitSet(count);
        all.set(0, count);
        return all;
    }
}

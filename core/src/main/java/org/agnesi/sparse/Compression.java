package org.agnesi.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.symbolic.Disconnected;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// Which columns, or rows, of a sparse matrix share a sweep, and where each entry is found afterwards.
///
/// Args are the pattern's row pointers and columns and the number of columns. Results, by [Result]: how many forward sweeps there
/// are, how many reverse ones, the forward sweep of each column, the reverse sweep of each row, and per entry its sweep and its
/// place in that, positions to gather at. Columns and rows that are in no sweep have −1. The reverse sweep `s` of an entry is `−1 − s`.
/// Entries of columns that share a sweep are in different rows; those of a symmetric matrix may be found in either of two places.
///
/// @param symmetric whether the matrix equals its transpose
/// @param jacobian  what a warning calls it where it is dense; none is given where this is null
public record Compression(boolean symmetric, @Nullable String jacobian) implements Disconnected {
    /// The results' places.
    public enum Result { FORWARD, REVERSE, COLUMN_SWEEPS, ROW_SWEEPS, SWEEP, PLACE }

    private static final System.Logger LOG = System.getLogger(Compression.class.getName());
    /// Entries of a matrix so small that it does not matter how it is computed.
    private static final long SMALL = 256;

    @Override public List<TensorType> infer(List<Expr> in) {
        var types = new ArrayList<>(Collections.nCopies(2, TensorType.scalar(DType.INT64)));
        types.addAll(Collections.nCopies(2, TensorType.unknown(DType.INT32, 1)));
        types.addAll(Collections.nCopies(2, TensorType.unknown(DType.INT64, 1)));
        return types;
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        int n = Math.toIntExact(in.get(2).toLong());
        var rows = Rows.of(in.get(0), in.get(1));
        var found = symmetric ? Directions.forward(Coloring.symmetric(rows), n) : Directions.fewest(rows, rows.transposed(n));
        warn(rows, n, found.sweeps());
        return results(found, rows);
    }

    private void warn(Rows rows, int n, int sweeps) {
        long all = (long) rows.count() * n;
        if (jacobian == null || all < SMALL || 2L * rows.entries() <= all) return;
        LOG.log(System.Logger.Level.WARNING, () -> """
            a sparse result was asked of a dense matrix: %s has %d of %d entries that can be other than zero, and takes %d sweeps
            Ask for the dense one, or for a product with it.""".formatted(jacobian, rows.entries(), all, sweeps));
    }

    private List<NDArray> results(Directions found, Rows rows) {
        var sweep = new long[rows.entries()];
        var place = new long[rows.entries()];
        int[] forward = found.columns().colors(), reverse = found.rows().colors();
        var times = symmetric ? times(rows, found.columns()) : new int[0];
        for (int i = 0; i < rows.count(); i++) for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) {
            int j = rows.columns()[p];
            boolean across = symmetric && times[p] > 1, byRow = found.isByRow(i, j);
            sweep[p] = byRow ? -1 - reverse[i] : forward[across ? i : j];
            place[p] = byRow || across ? j : i;
        }
        return List.of(NDArray.of((long) found.columns().count()), NDArray.of((long) found.rows().count()), array(forward), array(reverse),
            NDArray.wrap(sweep, sweep.length), NDArray.wrap(place, place.length));
    }

    /// Per entry, how many of its row have its column's colour: where it is not alone, the entry across the diagonal is.
    private static int[] times(Rows rows, Coloring coloring) {
        var count = new int[coloring.count()];
        var times = new int[rows.entries()];
        for (int i = 0; i < rows.count(); i++) {
            for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) count[coloring.colors()[rows.columns()[p]]]++;
            for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) times[p] = count[coloring.colors()[rows.columns()[p]]];
            for (int p = rows.pointers()[i]; p < rows.pointers()[i + 1]; p++) count[coloring.colors()[rows.columns()[p]]] = 0;
        }
        return times;
    }

    private static NDArray array(int[] values) { return NDArray.wrap(values, values.length); }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        var one = Collections.<@Nullable Expr>singletonList(null);
        return List.of(List.of(), List.of(), List.of(in.get(2)), one, List.of(in.get(1).length()), List.of(in.get(1).length()));
    }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("a colouring goes from column to column");
    }

    @Override public boolean isRemembered() { return true; }
    @Override public String name() { return "compression"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

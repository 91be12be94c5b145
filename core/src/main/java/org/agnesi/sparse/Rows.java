package org.agnesi.sparse;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;

/// A pattern row by row: the columns of row `i` are those from `pointers[i]` to `pointers[i + 1]`, increasing.
record Rows(int[] pointers, int[] columns) {
    static Rows of(NDArray pointers, NDArray columns) { return new Rows(pointers.toIntArray(), columns.toIntArray()); }

    int count() { return pointers.length - 1; }
    int entries() { return columns.length; }
    int length(int row) { return pointers[row + 1] - pointers[row]; }
    int longest() { return IntStream.range(0, count()).map(this::length).max().orElse(0); }

    /// The same pattern column by column, of `n` columns.
    Rows transposed(int n) {
        var starts = new int[n + 1];
        for (int column : columns) starts[column + 1]++;
        Arrays.parallelPrefix(starts, Integer::sum);
        var next = Arrays.copyOf(starts, n);
        var rows = new int[columns.length];
        for (int row = 0; row < count(); row++) for (int p = pointers[row]; p < pointers[row + 1]; p++) rows[next[columns[p]]++] = row;
        return new Rows(starts, rows);
    }

    /// The same pattern with some rows only, the others empty.
    Rows only(IntPredicate which) {
        var starts = new int[count() + 1];
        for (int row = 0; row < count(); row++) starts[row + 1] = starts[row] + (which.test(row) ? length(row) : 0);
        var all = new int[starts[count()]];
        for (int row = 0; row < count(); row++)
            System.arraycopy(columns, pointers[row], all, starts[row], starts[row + 1] - starts[row]);
        return new Rows(starts, all);
    }

    /// The columns of all rows, those of the last row first.
    int[] reversed() {
        var all = new int[entries()];
        int at = 0;
        for (int row = count() - 1; row >= 0; row--) for (int p = pointers[row]; p < pointers[row + 1]; p++) all[at++] = columns[p];
        return all;
    }

    /// The entries of a square pattern and those across its diagonal.
    Rows symmetric() {
        var across = transposed(count());
        if (Arrays.equals(pointers, across.pointers) && Arrays.equals(columns, across.columns)) return this;
        var starts = new int[count() + 1];
        var all = new int[Math.toIntExact(Math.min(IndexSets.MOST, 2L * entries()))];
        for (int row = 0; row < count(); row++) {
            int at = starts[row], p = pointers[row], q = across.pointers[row];
            while (p < pointers[row + 1] || q < across.pointers[row + 1]) {
                int a = p < pointers[row + 1] ? columns[p] : Integer.MAX_VALUE;
                int b = q < across.pointers[row + 1] ? across.columns[q] : Integer.MAX_VALUE;
                if (at == all.length) throw IndexSets.tooMany();
                all[at++] = Math.min(a, b);
                if (a <= b) p++;
                if (b <= a) q++;
            }
            starts[row + 1] = at;
        }
        return new Rows(starts, Arrays.copyOf(all, starts[count()]));
    }

    /// The rows from the longest to the shortest, those of one length as they are.
    int[] byLength() {
        var starts = new int[longest() + 2];
        for (int row = 0; row < count(); row++) starts[starts.length - 1 - length(row)]++;
        Arrays.parallelPrefix(starts, Integer::sum);
        var order = new int[count()];
        for (int row = count() - 1; row >= 0; row--) order[--starts[starts.length - 1 - length(row)]] = row;
        return order;
    }
}

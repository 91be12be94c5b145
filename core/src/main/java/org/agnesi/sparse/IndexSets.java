package org.agnesi.sparse;

import java.util.Arrays;
import org.agnesi.error.ShapeError;

/// Sets of columns, each known by a number and stored once: what elements of tensors depend on.
///
/// Number 0 is the empty set, 1 … n are those of one column. Equal sets have equal numbers, so that a tensor is one number per
/// element, however large the sets are; what is repeated, moved or passed through shares them.
final class IndexSets {
    static final int EMPTY = 0;
    static final int MOST = Integer.MAX_VALUE - 8;

    private final int n;
    private final int[] marked;              // per column, the last union that has it
    private int[] seen = new int[16];        // per set, the last union that has it
    private int[] found = new int[16];       // the columns of the current union
    private int stamp;
    private int count;
    private int[] starts = new int[16];
    private int[] columns = new int[16];
    private int[] table = new int[64];       // sets by their hashes, 0 for none

    IndexSets(int n) {
        this.n = n;
        marked = new int[n];
    }

    static int single(int column) { return column + 1; }

    int columns() { return n; }

    int size(int set) { return set == EMPTY ? 0 : set <= n ? 1 : starts[set - n] - starts[set - n - 1]; }

    /// Writes a set's columns, increasing, from a place on; gives the place after them.
    int copy(int set, int[] to, int at) {
        if (set == EMPTY) return at;
        if (set <= n) to[at] = set - 1;
        else System.arraycopy(columns, starts[set - n - 1], to, at, size(set));
        return at + size(set);
    }

    int union(int a, int b) {
        if (a == b || b == EMPTY) return a;
        if (a == EMPTY) return b;
        if (a > n || b > n) return union(new int[] {a, b}, 0, 2);
        found[0] = Math.min(a, b) - 1;
        found[1] = Math.max(a, b) - 1;
        return interned(2);
    }

    /// The union of the sets numbered in a range.
    int union(int[] sets, int from, int to) {
        stamp++;
        int largest = EMPTY, total = 0;
        for (int i = from; i < to; i++) {
            int set = sets[i];
            if (set == EMPTY || isSeen(set)) continue;
            if (size(set) > size(largest)) largest = set;
            if (size(set) == n) return set;
            total = mark(set, total);
        }
        return total == size(largest) ? largest : stored(total);
    }

    private boolean isSeen(int set) {
        if (set >= seen.length) seen = Arrays.copyOf(seen, Math.max(set + 1, n + 2 + 2 * count));
        if (seen[set] == stamp) return true;
        seen[set] = stamp;
        return false;
    }

    private int mark(int set, int total) {
        if (set <= n) return mark1(set - 1, total);
        int at = total;
        for (int i = starts[set - n - 1]; i < starts[set - n]; i++) at = mark1(columns[i], at);
        return at;
    }

    private int mark1(int column, int total) {
        if (marked[column] == stamp) return total;
        marked[column] = stamp;
        if (total == found.length) found = Arrays.copyOf(found, Math.max(16, (int) Math.min(n, 2L * total)));
        found[total] = column;
        return total + 1;
    }

    /// The number of the set whose columns were found and marked.
    private int stored(int total) {
        if (total > n / 16) {
            for (int column = 0, at = 0; at < total; column++) if (marked[column] == stamp) found[at++] = column;
        } else {
            Arrays.sort(found, 0, total);
        }
        return interned(total);
    }

    /// The number of the set whose columns were found, increasing.
    private int interned(int total) {
        int hash = 1;
        for (int i = 0; i < total; i++) hash = 31 * hash + found[i];
        int place = place(hash, total);
        if (table[place] == 0) {
            table[place] = keep(total);
            if (4 * count > table.length) rehash();
            return n + count;
        }
        return table[place];
    }

    private int place(int hash, int total) {
        int place = (hash ^ hash >>> 15) * 0x9e3779b1 >>> 1 & table.length - 1;
        while (table[place] != 0 && !isFound(table[place], total)) place = place + 1 & table.length - 1;
        return place;
    }

    private boolean isFound(int set, int total) {
        int start = starts[set - n - 1];
        return size(set) == total && Arrays.equals(columns, start, start + total, found, 0, total);
    }

    private int keep(int total) {
        long end = (long) starts[count] + total;
        if (end > MOST) throw tooMany();
        if (end > columns.length) columns = Arrays.copyOf(columns, (int) Math.min(MOST, 2 * end));
        System.arraycopy(found, 0, columns, starts[count], total);
        if (++count == starts.length) starts = Arrays.copyOf(starts, 2 * count);
        starts[count] = (int) end;
        return n + count;
    }

    private void rehash() {
        table = new int[4 * table.length];
        for (int set = n + 1; set <= n + count; set++) {
            int total = copy(set, found, 0);
            int hash = 1;
            for (int i = 0; i < total; i++) hash = 31 * hash + found[i];
            table[place(hash, total)] = set;
        }
    }

    static ShapeError tooMany() {
        return new ShapeError("""
            a sparse Jacobian needs fewer than 2147483640 entries that can be other than zero, but this one has more
            Ask for products with jacobian(y, x), which is never built.""");
    }
}

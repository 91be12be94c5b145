package org.agnesi.run;

/// Rows or columns of a product cut into panels of `unit`, from `from` up to `to`.
///
/// Where they may overlap, the last panel begins earlier, so that it is a whole one and its elements go to their places as those of others
/// do: what is computed twice is the same both times.
final class Panels {
    private int from, to, unit, least;
    private boolean overlap;

    /// @param least   of a panel that has no more: `unit`, or the columns of a narrow tile
    /// @param overlap whether elements may be computed twice
    void cut(int from, int to, int unit, int least, boolean overlap) {
        this.from = from;
        this.to = to;
        this.unit = unit;
        this.least = least;
        this.overlap = overlap;
    }

    /// Where one of several pieces begins: after about its share of whole units.
    static int piece(int count, int unit, int piece, int pieces) {
        int units = (count + unit - 1) / unit;
        return Math.min(count, (int) ((long) units * piece / pieces) * unit);
    }

    /// How many are in the panel that would begin at `k`.
    int size(int k) {
        int left = Math.min(unit, to - k), whole = left <= least ? least : unit;
        return overlap && to - from >= whole ? whole : left;
    }

    /// Where the panel that would begin at `k` begins.
    int start(int k) { return Math.min(k, to - size(k)); }
}

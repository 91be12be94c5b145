package org.agnesi.sparse;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A colour for each column of a pattern, so that columns of one colour can be found from their sum: fewer sweeps.
///
/// Columns that meet in no row have one colour: a partial distance-2 colouring of rows and columns. A symmetric pattern needs less,
/// since each entry occurs twice: a star colouring, in which columns that meet have different colours and no path of four
/// has two only. Both are greedy, in the order as given or from the column with the most entries; that of columns is then
/// repeated, the last colour's first.
///
/// Culberson, *Iterated greedy graph coloring and the difficulty landscape* (1992).
/// Gebremedhin, Manne, Pothen, *What color is your Jacobian? Graph coloring for computing derivatives*, SIAM Review 47 (2005).
///
/// @param count  how many colours there are
/// @param colors the colour of each column
record Coloring(int count, int[] colors) {
    private static final int NONE = -1;
    /// How often columns are coloured again.
    private static final int ROUNDS = 4;
    /// Steps above which a pattern counts as too dense to look for a star colouring.
    private static final double MOST_STEPS = 1e9;

    /// Columns that share no row have one colour.
    static Coloring columns(Rows rows, Rows columns) {
        if (rows.entries() == 0) return new Coloring(0, new int[columns.count()]);
        if (rows.longest() == columns.count()) return distinct(columns.count());
        var best = columns(rows, columns, IntUnaryOperator.identity());
        if (best.count == rows.longest()) return best;
        var order = columns.byLength();
        best = best.orBetter(columns(rows, columns, i -> order[i]));
        for (int round = 0; round < ROUNDS && best.count > rows.longest(); round++) {
            var again = best.backwards();
            best = columns(rows, columns, i -> again[i]);
        }
        return best;
    }

    /// The columns by their colours, the last colour first: in this order greedy needs no more colours, and may need fewer.
    private int[] backwards() { return new Rows(IntStream.rangeClosed(0, colors.length).toArray(), colors).transposed(count).reversed(); }

    /// A star colouring of a symmetric pattern, or one of its columns where that has fewer.
    static Coloring symmetric(Rows rows) {
        var all = columns(rows, rows);
        return steps(rows) > MOST_STEPS ? all : all.orBetter(star(rows));
    }

    private static Coloring distinct(int n) { return new Coloring(n, IntStream.range(0, n).toArray()); }

    private Coloring orBetter(Coloring other) { return other.count < count ? other : this; }

    private static Coloring of(int[] colors) { return new Coloring(1 + IntStream.of(colors).max().orElse(NONE), colors); }

    private static Coloring columns(Rows rows, Rows columns, IntUnaryOperator order) {
        int n = columns.count();
        var colors = new int[n];
        Arrays.fill(colors, NONE);
        var taken = new int[n];   // per colour, one more than the last column that may not have it
        for (int i = 0; i < n; i++) {
            int column = order.applyAsInt(i);
            for (int p = columns.pointers()[column]; p < columns.pointers()[column + 1]; p++) {
                int row = columns.columns()[p];
                for (int q = rows.pointers()[row]; q < rows.pointers()[row + 1]; q++) take(colors[rows.columns()[q]], column, taken);
            }
            colors[column] = free(column, taken);
        }
        return of(colors);
    }

    private static void take(int color, int column, int[] taken) { if (color != NONE) taken[color] = column + 1; }

    private static int free(int column, int[] taken) {
        int color = 0;
        while (taken[color] == column + 1) color++;
        return color;
    }

    // star colourings

    /// A column that most others meet has a colour of its own, and is then on no path of two colours.
    private static boolean isHub(Rows rows, int column) {
        return rows.length(column) > 32 && (double) rows.length(column) * rows.length(column) > rows.entries();
    }

    private static double steps(Rows rows) {
        double steps = 0;
        for (int v = 0; v < rows.count(); v++) {
            if (isHub(rows, v)) continue;
            for (int p = rows.pointers()[v]; p < rows.pointers()[v + 1]; p++) {
                int w = rows.columns()[p];
                if (!isHub(rows, w)) steps += (double) rows.length(w) * rows.length(w);
            }
        }
        return steps;
    }

    private static Coloring star(Rows rows) {
        var colors = new int[rows.count()];
        Arrays.fill(colors, NONE);
        var taken = new int[rows.count() + 1];
        var order = rows.byLength();
        int hubs = 0;
        for (int v : order) if (isHub(rows, v)) colors[v] = rows.count() - 1 - hubs++;   // from the other end, closed up at last
        for (int v : order) {
            if (isHub(rows, v)) continue;
            for (int p = rows.pointers()[v]; p < rows.pointers()[v + 1]; p++) avoid(rows, v, rows.columns()[p], colors, taken);
            colors[v] = free(v, taken);
        }
        int used = 0;
        for (int v = 0; v < colors.length; v++) if (!isHub(rows, v)) used = Math.max(used, colors[v] + 1);
        for (int v = 0; v < colors.length; v++) if (isHub(rows, v)) colors[v] = used + rows.count() - 1 - colors[v];
        return of(colors);
    }

    /// The colours that `v` may not have for its neighbour `w`: w's own, and those at the far end of a path that would have two.
    private static void avoid(Rows rows, int v, int w, int[] colors, int[] taken) {
        if (w == v || isHub(rows, w)) return;
        take(colors[w], v, taken);
        for (int p = rows.pointers()[w]; p < rows.pointers()[w + 1]; p++) {
            int x = rows.columns()[p];
            if (x == v || x == w || colors[x] == NONE || isHub(rows, x)) continue;
            if (colors[w] == NONE || continues(rows, x, w, colors)) take(colors[x], v, taken);
        }
    }

    /// Whether `x` has another neighbour of w's colour.
    private static boolean continues(Rows rows, int x, int w, int[] colors) {
        for (int p = rows.pointers()[x]; p < rows.pointers()[x + 1]; p++) {
            int y = rows.columns()[p];
            if (y != w && y != x && colors[y] == colors[w]) return true;
        }
        return false;
    }
}

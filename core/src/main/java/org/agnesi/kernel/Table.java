package org.agnesi.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lines of cells under a header: the first columns to the left, numbers to the right. An empty column is left out.
public final class Table {
    private final int left;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param left how many columns are text
    public Table(int left) { this.left = left; }

    public void row(String... cells) { rows.add(List.of(cells)); }

    /// `1,234,567`
    public static String number(long n) { return String.format(Locale.ROOT, "%,d", n); }

    @Override public String toString() {
        var out = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int k = 0; k < row.size(); k++) {
                if (isEmpty(k)) continue;
                var padding = " ".repeat(width(k) - row.get(k).length());
                line.append(k == 0 ? "" : "  ").append(k < left ? row.get(k) + padding : padding + row.get(k));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private boolean isEmpty(int column) { return rows.stream().skip(1).allMatch(row -> row.get(column).isEmpty()); }

    private int width(int column) { return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0); }
}

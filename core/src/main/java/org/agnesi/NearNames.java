package org.agnesi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Names that someone who wrote `wrong` may have meant, the nearest first.
final class NearNames {
    private NearNames() {}

    /// At most three, each one edit in three letters away: another letter alone is near to nothing.
    static List<String> of(String wrong, Collection<String> known) {
        record Near(String name, int distance) {}
        return known.stream().distinct()
            .map(name -> new Near(name, distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
            .filter(near -> near.distance <= Math.min(wrong.length() - 1, Math.max(1, wrong.length() / 3)))
            .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
            .limit(3).map(Near::name).toList();
    }

    /// The question that ends a message: `; did you mean a or b?`, or nothing.
    static String question(String wrong, Collection<String> known) {
        var near = of(wrong, known);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /// How many letters to insert, delete, replace or swap with their neighbour.
    private static int distance(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) d[i][j] = i + j;
                else {
                    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                    d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
                    boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                    if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

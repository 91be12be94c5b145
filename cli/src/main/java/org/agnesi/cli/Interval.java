package org.agnesi.cli;

import java.util.stream.IntStream;
import org.agnesi.error.FormulaError;

/// The values of a name between two ends, written `x=-6:6`.
record Interval(Word name, double from, double to) {
    /// What charts can draw: they leave room around it.
    static final double FARTHEST = 1e300;

    static Interval parse(String argument) {
        var word = Word.of(argument);
        int sign = word.text().indexOf('=');
        if (sign <= 0) throw wrong(word, word);
        var ends = word.from(sign + 1);
        int colon = ends.text().indexOf(':');
        if (colon < 0) throw wrong(word, ends);
        double from = number(word, ends.upTo(colon));
        double to = number(word, ends.from(colon + 1));
        if (!Double.isFinite(to - from) || from >= to) throw wrong(word, ends);
        if (Math.max(-from, to) > FARTHEST) throw ends.mistake(
            "--x needs ends from %s to %s, but got %s".formatted(-FARTHEST, FARTHEST, word.text()), "Charts leave room around them.");
        return new Interval(word.upTo(sign), from, to);
    }

    private static double number(Word all, Word end) {
        try {
            return Double.parseDouble(end.text());
        } catch (NumberFormatException _) {
            throw wrong(all, end);
        }
    }

    private static FormulaError wrong(Word all, Word here) {
        return here.mistake("--x needs NAME=FROM:TO with FROM < TO, but got " + all.text(), "Write for example x=-6:6.");
    }

    /// `n` values, the ends included.
    double[] points(int n) { return IntStream.range(0, n).mapToDouble(i -> from + (to - from) * i / (n - 1)).toArray(); }
}

package org.agnesi.cli;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.agnesi.error.ArgumentError;

/// The values of a name between two ends, written `x=-6:6`.
record Interval(String name, double from, double to) {
    private static final Pattern NUMBERS = Pattern.compile("\\s*([^:]+?)\\s*:\\s*([^:]+?)\\s*");

    static Interval parse(String argument) {
        try {
            var named = Named.parse(argument);
            var ends = NUMBERS.matcher(named.text());
            if (ends.matches()) {
                var interval = new Interval(named.name(), Double.parseDouble(ends.group(1)), Double.parseDouble(ends.group(2)));
                if (Double.isFinite(interval.to - interval.from) && interval.from < interval.to) return interval;
            }
        } catch (ArgumentError | NumberFormatException _) {   // said below
        }
        throw new ArgumentError("""
            --x needs NAME=FROM:TO with FROM < TO, but got %s
            Write for example x=-6:6.""".formatted(argument));
    }

    /// `n` values, the ends included.
    double[] points(int n) { return IntStream.range(0, n).mapToDouble(i -> from + (to - from) * i / (n - 1)).toArray(); }
}

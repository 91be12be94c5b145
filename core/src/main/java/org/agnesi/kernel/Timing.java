package org.agnesi.kernel;

import java.util.List;
import java.util.Locale;

/// What a kernel or a call took, over all its runs.
///
/// @param name   what it fills, as [Program]s name it
/// @param line   the user's line that asked for it, or empty
/// @param runs   how often it ran
/// @param nanos  how long all runs took together, with what is inside
/// @param work   what all runs did together, at the sizes they had
/// @param inside of a loop or a branch
public record Timing(Cost.Kind kind, String name, String line, long runs, long nanos, Work work, List<Timing> inside) {
    public Timing { inside = List.copyOf(inside); }

    public double meanNanos() { return runs == 0 ? 0 : (double) nanos / runs; }

    /// Flops a nanosecond.
    public double gflopsPerSecond() { return nanos == 0 ? 0 : (double) work.flops() / nanos; }

    /// Bytes a nanosecond.
    public double gigabytesPerSecond() { return nanos == 0 ? 0 : (double) work.bytes() / nanos; }

    /// A line per timing, with what is inside below it, and the total.
    public static String table(List<Timing> timings) {
        var table = new Table(2);
        table.row("step", "line", "runs", "total ms", "%", "mean µs", "flops", "GFLOP/s", "bytes", "GB/s");
        var total = new Timing(Cost.Kind.KERNEL, "total", "", 0, timings.stream().mapToLong(Timing::nanos).sum(),
            timings.stream().map(Timing::work).reduce(Work.NONE, Work::plus), timings);
        for (var timing : timings) timing.rows(table, "", total.nanos);
        total.row(table, "", total.nanos);
        return table.toString();
    }

    private void rows(Table table, String indent, long all) {
        row(table, indent, all);
        for (var timing : inside) timing.rows(table, indent + "  ", all);
    }

    private void row(Table table, String indent, long all) {
        table.row(indent + kind.label(name), line, runs == 0 ? "" : Table.number(runs), rounded(nanos / 1e6),
            rounded(all == 0 ? 0 : 100.0 * nanos / all), runs == 0 ? "" : rounded(meanNanos() / 1e3), Table.number(work.flops()),
            rounded(gflopsPerSecond()), Table.number(work.bytes()), rounded(gigabytesPerSecond()));
    }

    private static String rounded(double x) { return String.format(Locale.ROOT, x < 10 ? "%.3f" : "%,.1f", x); }
}

package org.agnesi;

import java.util.List;
import org.agnesi.kernel.Timing;
import org.agnesi.run.Profiler;

/// What the kernels of a compiled function take, recorded while it is open: of all calls, from whatever thread.
///
/// ```java
/// try (var profile = f.profile()) {
///     for (var day : days) f.call(day);
///     log(profile.toString());                   // a line per kernel: time, operations, bytes, the line that asked for it
/// }
/// ```
///
/// Operations and bytes are those of [Cost][org.agnesi.kernel.Cost], at the sizes that the arrays had. A loop's time includes what
/// is inside it, and reading the clock there. Several profiles of one function may be open at once; a function that has none open
/// is not slowed down.
public final class Profile implements AutoCloseable {
    private final Profiler profiler;

    Profile(Profiler profiler) { this.profiler = profiler; }

    /// What was recorded so far, in the order it runs.
    public List<Timing> timings() { return profiler.timings(); }

    /// How long the kernels took together.
    public long nanos() { return timings().stream().mapToLong(Timing::nanos).sum(); }

    /// Stops recording; what was recorded stays.
    @Override public void close() { profiler.close(); }

    /// A line per kernel, then the total.
    @Override public String toString() { return Timing.table(timings()); }
}

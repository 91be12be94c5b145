package org.agnesi.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.agnesi.array.DType;

/// What one call of a compiled function costs, counted from its kernels for given sizes, without running them.
///
/// Exact as far as kernels go: see [Work] for what is counted. Loops count all their steps, also those that may end
/// early, and branches their dearer side. Where only running tells a size it counts as 0, and [#unknown] says which; so
/// are the flops of an op that runs Java code. What a library allocates inside itself is not seen.
///
/// @param steps     what runs, in order
/// @param peakBytes the most that a call holds at one time beside its arguments, its results and constants, once it has
///                  been called before: arrays kept to be used again, scratch, and what loops carry from step to step
/// @param largest   the temporary array with the most elements
/// @param unknown   what was counted as 0 because only running tells it
public record Cost(List<Step> steps, long peakBytes, Optional<Temporary> largest, List<String> unknown) {
    public Cost {
        steps = List.copyOf(steps);
        unknown = List.copyOf(unknown);
    }

    public enum Kind {
        KERNEL, EVAL, LOOP, BRANCH, COPY, CHECK;

        /// `loop scan`, and just the name for a kernel.
        String label(String name) { return this == KERNEL ? name : name().toLowerCase(Locale.ROOT) + " " + name; }
    }

    /// A kernel or a call.
    ///
    /// @param name    what it fills, as [Program]s name it
    /// @param line    the user's line that asked for it, or empty
    /// @param times   how often it runs in one call
    /// @param work    of all these times together, with what is inside
    /// @param largest the largest temporary that it makes
    /// @param inside  the steps of a loop, or of a branch's dearer side
    public record Step(Kind kind, String name, String line, long times, Work work, Optional<Temporary> largest, List<Step> inside) {
        public Step { inside = List.copyOf(inside); }

        /// The same run so many times.
        public Step times(long n) {
            var all = inside.stream().map(step -> step.times(n)).toList();
            return new Step(kind, name, line, Math.multiplyExact(times, n), work.times(n), largest, all);
        }
    }

    /// An array that no one gets: a value in between, a row of scratch, or what a loop's step gives.
    ///
    /// @param value its formula
    public record Temporary(String value, DType dtype, List<Long> dims) {
        public Temporary { dims = List.copyOf(dims); }

        public long elements() { return dims.stream().reduce(1L, Math::multiplyExact); }

        public long bytes() { return Math.multiplyExact(elements(), dtype.bytes()); }

        @Override public String toString() { return value + ": " + dtype + dims; }
    }

    /// Of all steps together.
    public Work total() { return steps.stream().map(Step::work).reduce(Work.NONE, Work::plus); }

    public long flops() { return total().flops(); }

    /// How often exp and what is like it is called.
    public long elementary() { return total().elementary(); }

    public long bytesRead() { return total().bytesRead(); }

    public long bytesWritten() { return total().bytesWritten(); }

    /// How many kernels there are; one in a loop runs several times.
    public int kernels() { return (int) all(steps).filter(step -> step.kind() == Kind.KERNEL).count(); }

    /// The number of elements of the largest temporary, 0 where there is none.
    public long largestElements() { return largest.map(Temporary::elements).orElse(0L); }

    private static Stream<Step> all(List<Step> steps) {
        return steps.stream().flatMap(step -> Stream.concat(Stream.of(step), all(step.inside())));
    }

    /// A line per step, then the total.
    @Override public String toString() { return CostTable.of(this); }
}

package org.agnesi.run;

import java.util.Arrays;
import java.util.stream.Stream;
import org.agnesi.compile.ShortAxes;
import org.agnesi.compile.Task;
import org.jspecify.annotations.Nullable;

/// Runs a program over [short axes][ShortAxes] by one that knows their lengths, once calls have seen enough points: new code takes some
/// milliseconds.
final class ShortRuns {
    /// The most lengths: what is called with more of them has one program for all others.
    static final int MOST = 4;
    /// Points of short axes seen before there is one.
    static final long ENOUGH = 200_000;

    private final Task.Run all;
    private final ShortAxes axes;
    private final Backend backend;
    private final Whole[] unknown;
    private final Whole points, others;
    private volatile Run[] runs = {};
    /// Not exact where several threads count at once, which is of no matter.
    private long seen;

    ShortRuns(Task.Run all, ShortAxes axes, Backend backend) {
        this.all = all;
        this.axes = axes;
        this.backend = backend;
        unknown = Action.whole(axes.unknown());
        points = ScalarCompiler.whole(axes.points());
        others = ScalarCompiler.whole(axes.others());
    }

    /// One for some lengths.
    record Run(long[] lengths, Task.Run task, Kernel kernel, int[] slots) {
        /// Runs over a plan's frame.
        void run(Frame frame) { kernel.runWith(frame, slots, frame); }
    }

    /// The one for the sizes in a frame; null where none is worth it yet.
    ///
    /// @param often whether there will be many such runs
    @Nullable Run of(Frame frame, boolean often) {
        long along = points.at(frame), side = others.at(frame);
        if (!axes.pays(along, side)) return null;
        var known = known(frame);
        if (known != null || runs.length == MOST) return known;
        seen += along * side;
        return often || seen >= ENOUGH ? make(frame) : null;
    }

    private @Nullable Run known(Frame frame) {
        for (var run : runs) if (isFor(run, frame)) return run;
        return null;
    }

    private boolean isFor(Run run, Frame frame) {
        for (int k = 0; k < unknown.length; k++) if (run.lengths[k] != unknown[k].at(frame)) return false;
        return true;
    }

    private synchronized @Nullable Run make(Frame frame) {
        var known = known(frame);   // another thread's
        if (known != null || runs.length == MOST) return known;
        var lengths = Arrays.stream(unknown).mapToLong(size -> size.at(frame)).toArray();
        var task = axes.of(lengths, all);
        var made = new Run(lengths, task, new Kernel(task.program(), backend), ProgramRun.slots(task));
        runs = Stream.concat(Arrays.stream(runs), Stream.of(made)).toArray(Run[]::new);
        return made;
    }

    void letGo() {
        for (var run : runs) run.kernel.letGo();
    }
}

package org.agnesi.run;

import org.agnesi.compile.ShortAxes;
import org.agnesi.compile.Task;
import org.jspecify.annotations.Nullable;

/// Runs a program over [short axes][ShortAxes] by one that knows their lengths.
final class ShortRuns {
    private final Task.Run all;
    private final ShortAxes axes;
    private final Backend backend;
    private final Whole points, others;
    private final ByLengths<Run> runs;

    ShortRuns(Task.Run all, ShortAxes axes, Backend backend) {
        this.all = all;
        this.axes = axes;
        this.backend = backend;
        points = ScalarCompiler.whole(axes.points());
        others = ScalarCompiler.whole(axes.others());
        runs = new ByLengths<>(axes.unknown());
    }

    /// One for some lengths.
    record Run(Task.Run task, Kernel kernel, int[] slots) {
        /// Runs over a plan's frame.
        void run(Frame frame) { kernel.runWith(frame, slots, frame); }
    }

    /// The one for the sizes in a frame; null where none is worth it yet.
    ///
    /// @param often whether there will be many such runs
    @Nullable Run of(Frame frame, boolean often) {
        long along = points.at(frame), side = others.at(frame);
        if (!axes.pays(along, side)) return null;
        var known = runs.known(frame);
        return known != null || runs.isFull() ? known : runs.after(along * side, often, frame, this::make);
    }

    private Run make(long[] lengths) {
        var task = axes.of(lengths, all);
        return new Run(task, new Kernel(task.program(), backend), ProgramRun.slots(task));
    }

    void letGo() { runs.values().forEach(run -> run.kernel.letGo()); }
}

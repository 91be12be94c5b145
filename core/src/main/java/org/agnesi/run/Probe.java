package org.agnesi.run;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.jspecify.annotations.Nullable;

/// Where a plan, and all plans inside it, look up whether anyone times them: one field read per run where no one does.
final class Probe {
    private volatile @Nullable Watch watch;

    @Nullable Watch watch() { return watch; }

    /// Those who time at the moment.
    record Watch(List<Profiler> profilers) {
        void run(Action action, Task task, State state) {
            long start = System.nanoTime();
            action.run(state);
            long nanos = System.nanoTime() - start;
            for (var profiler : profilers) profiler.took(task, nanos, state);
        }
    }

    Profiler profile(Schedule schedule) {
        var profiler = new Profiler(this, schedule);
        change(profiler, true);
        return profiler;
    }

    synchronized void change(Profiler profiler, boolean on) {
        var all = new ArrayList<>(watch == null ? List.<Profiler>of() : watch.profilers());
        all.remove(profiler);
        if (on) all.add(profiler);
        watch = all.isEmpty() ? null : new Watch(List.copyOf(all));
    }
}

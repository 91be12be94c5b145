package org.agnesi.run;

import org.agnesi.compile.Task;
import org.agnesi.compile.TaskWork;
import org.agnesi.emit.OutsideException;
import org.agnesi.error.IndexError;
import org.jspecify.annotations.Nullable;

/// Runs a program over slots.
final class ProgramRun implements Action {
    private final Task.Run task;
    private final int place;
    private final Kernel kernel;
    private final int[] slots;
    private final ShortRuns[] shorter;

    /// @param place where the plan has it
    ProgramRun(Task.Run task, int place, Backend backend) {
        this.task = task;
        this.place = place;
        kernel = new Kernel(task.program(), backend);
        slots = slots(task);
        shorter = task.shorter().stream().map(axes -> new ShortRuns(task, axes, backend)).toArray(ShortRuns[]::new);
    }

    static int[] slots(Task.Run task) { return TaskWork.slots(task).stream().mapToInt(Integer::intValue).toArray(); }

    @Override public void run(State state) {
        allocate(state);
        var own = own(state, false);
        try {
            if (own != null) own.run(state.frame);
            else kernel.run(state.frame, slots, state.own(place, kernel));
        } catch (OutsideException e) {
            throw located(e, (own == null ? task : own.task()).sites().get(e.site()), state.frame);
        }
    }

    /// What runs instead for the sizes of this call; null where nothing does.
    private ShortRuns.@Nullable Run own(State state, boolean often) {
        for (var runs : shorter) if (runs.of(state.frame, often) instanceof ShortRuns.Run own) return own;
        return null;
    }

    @Override public void letGo() {
        for (var runs : shorter) runs.letGo();
    }

    private void allocate(State state) {
        for (int k = task.in().size(); k < slots.length; k++) state.allocate(slots[k]);
    }

    @Override public Prepared prepared(State state) {
        allocate(state);
        var own = own(state, true);
        return own != null ? own.kernel().prepared(state.frame, own.slots()) : kernel.prepared(state.frame, slots);
    }

    /// The error with the name, shape and line of what was indexed.
    private static IndexError located(OutsideException e, Task.Site site, Frame frame) {
        var shape = Action.shape(Action.whole(site.shape()), frame);
        return e.error().in(site.node().arg(0).toString(), shape.toString(), site.node().origin());
    }
}

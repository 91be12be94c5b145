package org.agnesi.run;

import java.util.ArrayList;
import org.agnesi.compile.Task;
import org.agnesi.emit.OutsideException;
import org.agnesi.error.IndexError;

/// Runs a program over slots.
final class ProgramRun implements Action {
    private final Task.Run task;
    private final int place;
    private final Kernel kernel;
    private final int[] slots;

    /// @param place where the plan has it
    ProgramRun(Task.Run task, int place, Backend backend) {
        this.task = task;
        this.place = place;
        kernel = new Kernel(task.program(), backend);
        var all = new ArrayList<>(task.in());
        all.addAll(task.out());
        slots = all.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override public void run(State state) {
        allocate(state);
        try {
            kernel.run(state.frame, slots, state.own(place, kernel));
        } catch (OutsideException e) {
            throw located(e, task.sites().get(e.site()), state.frame);
        }
    }

    private void allocate(State state) {
        for (int k = task.in().size(); k < slots.length; k++) state.allocate(slots[k]);
    }

    @Override public Prepared prepared(State state) {
        allocate(state);
        return kernel.prepared(state.frame, slots);
    }

    /// The error with the name, shape and line of what was indexed.
    private static IndexError located(OutsideException e, Task.Site site, Frame frame) {
        var shape = Action.shape(Action.whole(site.shape()), frame);
        return e.error().in(site.node().arg(0).toString(), shape.toString(), site.node().origin());
    }
}

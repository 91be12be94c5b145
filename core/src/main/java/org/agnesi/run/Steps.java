package org.agnesi.run;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.ShortSteps;
import org.agnesi.compile.StepLoop;
import org.agnesi.compile.Task;
import org.agnesi.emit.OutsideException;
import org.agnesi.kernel.LoopSpec;
import org.jspecify.annotations.Nullable;

/// Runs a loop as one program where its conditions hold, and step by step where not: there is an error to tell, or no step to make.
final class Steps implements Action {
    private final Task.Repeat task;
    private final LoopSpec spec;
    private final Action stepwise;
    private final @Nullable ShortLoops shorter;
    private final Kernel kernel;
    private final Frame constants;
    private final Whole steps;
    private final Whole[] holds;
    private final Whole[][] rows;
    private final int[] slots;

    Steps(Task.Repeat task, StepLoop loop, Backend backend, Action stepwise) { this(task, loop, task.shorter(), backend, stepwise); }

    private Steps(Task.Repeat task, StepLoop loop, @Nullable ShortSteps shorter, Backend backend, Action stepwise) {
        this.task = task;
        this.shorter = shorter == null ? null
            : new ShortLoops(shorter, one -> new Steps(task, one, null, backend, stepwise));
        this.spec = task.spec();
        this.stepwise = stepwise;
        kernel = new Kernel(loop.program(), backend);
        constants = frame(loop.constants());
        steps = ScalarCompiler.whole(loop.steps());
        holds = Action.whole(loop.holds());
        rows = loop.rows().stream().map(Action::whole).toArray(Whole[][]::new);
        slots = new int[task.in().size() + loop.constants().size() + task.out().size()];
        int k = 0;
        for (int slot : task.in()) slots[k++] = slot;
        for (int c = 0; c < loop.constants().size(); c++) slots[k++] = ~c;
        for (int slot : task.out()) slots[k++] = slot;
    }

    private static Frame frame(List<NDArray> arrays) {
        var frame = new Frame(0, 0, 0, arrays.size());
        for (int k = 0; k < arrays.size(); k++) {
            frame.arrays[k] = arrays.get(k).data();
            frame.dims[k] = arrays.get(k).shape().dims();
        }
        return frame;
    }

    @Override public void run(State state) {
        if (!holds(state)) stepwise.run(state);
        else if (shorter != null && shorter.of(state.frame, false, steps) instanceof Steps own) own.run(state);
        else if (spec.until()) until(state);
        else all(state);
    }

    @Override public @Nullable Prepared prepared(State state) {
        if (!holds(state) || spec.until()) return null;
        if (shorter != null && shorter.of(state.frame, true, steps) instanceof Steps own) return own.prepared(state);
        allocate(state);
        return () -> kernel.runWith(state.frame, slots, constants);
    }

    @Override public void letGo() {
        kernel.letGo();
        if (shorter != null) shorter.letGo();
        stepwise.letGo();
    }

    private boolean holds(State state) {
        for (var condition : holds) if (condition.at(state.frame) == 0) return false;
        return true;
    }

    /// An error inside is told by the steps, which know whose it is.
    private void all(State state) {
        allocate(state);
        try {
            kernel.runWith(state.frame, slots, constants);
        } catch (OutsideException e) {
            stepwise.run(state);
        }
    }

    private void allocate(State state) {
        int n = Math.toIntExact(steps.at(state.frame));
        for (int r = 0; r < rows.length; r++) state.allocate(task.out().get(r), spec.rows(r, n), rows[r]);
    }

    /// Only the steps made are kept.
    private void until(State state) {
        int n = Math.toIntExact(steps.at(state.frame));
        var arrays = new Object[slots.length];
        var dims = new int[slots.length][];
        int first = slots.length - task.out().size();
        for (int k = 0; k < first; k++) {
            arrays[k] = slots[k] < 0 ? constants.arrays[~slots[k]] : state.array(slots[k]);
            dims[k] = slots[k] < 0 ? constants.dims[~slots[k]] : state.frame.dims[slots[k]];
        }
        for (int r = 0; r <= rows.length; r++) {
            dims[first + r] = r < rows.length ? shape(state, spec.rows(r, n), rows[r]) : new int[0];
            arrays[first + r] = NDArray.zeros(task.node().types().get(r).dtype(), Shape.of(dims[first + r])).data();
        }
        try {
            kernel.run(arrays, dims);
        } catch (OutsideException e) {
            stepwise.run(state);
            return;
        }
        int done = Math.toIntExact(((long[]) arrays[slots.length - 1])[0]);
        for (int r = 0; r <= rows.length; r++)
            state.fill(task.out().get(r), made(r, arrays[first + r], dims[first + r], spec.rows(r, done)), true);
    }

    private NDArray made(int r, Object array, int[] dims, int done) {
        var whole = NDArray.wrap(task.node().types().get(r).dtype(), Shape.of(dims), array);
        if (dims.length == 0 || dims[0] == done) return whole;
        var shape = dims.clone();
        shape[0] = done;
        return whole.take(Shape.of(shape), i -> i);
    }

    private static int[] shape(State state, int n, Whole[] row) {
        var dims = new int[row.length + 1];
        dims[0] = n;
        for (int axis = 0; axis < row.length; axis++) dims[axis + 1] = Math.toIntExact(row[axis].at(state.frame));
        return dims;
    }
}

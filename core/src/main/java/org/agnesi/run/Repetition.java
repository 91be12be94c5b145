package org.agnesi.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Task;
import org.agnesi.kernel.LoopSpec;

/// Runs a loop's plan step by step, as its [LoopSpec] says, and stacks what the steps give.
final class Repetition implements Action {
    private final Task.Repeat task;
    private final LoopSpec spec;
    private final Plan body;

    Repetition(Task.Repeat task) {
        this.task = task;
        this.spec = task.spec();
        this.body = new Plan(task.body());
    }

    @Override public void run(State state) {
        var in = task.in().stream().map(state::value).toList();
        int n = Math.toIntExact(Math.max(0, in.getFirst().toLong()));
        var histories = new ArrayList<List<NDArray>>();
        for (int k = 0; k < spec.states(); k++) histories.add(initial(in.get(spec.initial(k)), k));
        var collected = new ArrayList<List<NDArray>>();
        for (int k = 0; k < spec.collected(); k++) collected.add(new ArrayList<>());
        int steps = 0;
        for (boolean goes = true; goes && steps < n; steps++) {
            var out = body.call(arguments(in, histories, spec.backwards() ? n - 1 - steps : steps));
            for (int k = 0; k < spec.states(); k++) histories.get(k).add(out.get(k));
            for (int k = 0; k < spec.collected(); k++) collected.get(k).add(out.get(spec.states() + k));
            goes = !spec.until() || !out.getLast().toBoolean();
        }
        results(state, histories, collected, steps);
    }

    private void results(State state, List<List<NDArray>> histories, List<List<NDArray>> collected, int steps) {
        for (int k = 0; k < spec.states(); k++) {
            var history = histories.get(k);
            fill(state, k, history.subList(history.size() - steps, history.size()));
        }
        for (int k = 0; k < spec.collected(); k++) fill(state, spec.states() + k, collected.get(k));
        if (spec.until()) state.fill(task.out().getLast(), NDArray.of((long) steps), true);
    }

    /// The values before the first step, oldest first.
    private List<NDArray> initial(NDArray value, int k) {
        var history = new ArrayList<NDArray>();
        if (!spec.stacked(k)) history.add(value);
        else for (int i = 0; i < spec.depth(k); i++) history.add(element(value, i));
        return history;
    }

    private List<NDArray> arguments(List<NDArray> in, List<List<NDArray>> histories, int place) {
        var arguments = new ArrayList<NDArray>(spec.parameters());
        for (int k = 0; k < spec.sequences(); k++)
            for (int tap : spec.sequenceTaps().get(k)) arguments.add(element(in.get(spec.sequence(k)), place + tap + spec.offset(k)));
        for (int k = 0; k < spec.states(); k++)
            for (int tap : spec.stateTaps().get(k)) arguments.add(histories.get(k).get(histories.get(k).size() + tap));
        for (int k = 0; k < spec.captures(); k++) arguments.add(in.get(spec.capture(k)));
        return arguments;
    }

    /// `x[i]`
    private static NDArray element(NDArray x, int i) {
        var dims = x.shape().dims();
        var shape = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
        return x.take(shape, flat -> i * shape.size() + flat);
    }

    private void fill(State state, int result, List<NDArray> steps) {
        var type = task.node().types().get(result);
        var each = steps.isEmpty() ? none(state, task.out().get(result)) : steps.getFirst().shape();
        var dims = new int[each.rank() + 1];
        dims[0] = steps.size();
        for (int axis = 0; axis < each.rank(); axis++) dims[axis + 1] = each.dim(axis);
        var all = NDArray.zeros(type.dtype(), dims);
        for (int t = 0; t < steps.size(); t++) System.arraycopy(steps.get(t).data(), 0, all.data(), t * each.size(), each.size());
        state.fill(task.out().get(result), all, true);
    }

    /// The shape of a step's value where there is no step.
    private static Shape none(State state, int slot) {
        var dims = state.measured(slot);
        return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }
}

package org.agnesi.run;

import org.agnesi.compile.Task;

/// Runs the side of a branch that its condition chooses.
final class Choosing implements Action {
    private final Task.Choose task;
    private final Plan then;
    private final Plan otherwise;

    Choosing(Task.Choose task, Backend backend, Probe probe) {
        this.task = task;
        then = new Plan(task.then(), backend, probe);
        otherwise = new Plan(task.otherwise(), backend, probe);
    }

    @Override public void run(State state) {
        var plan = state.value(task.in().getFirst()).toBoolean() ? then : otherwise;
        var out = plan.call(task.in().stream().skip(1).map(state::value).toList());
        for (int k = 0; k < out.size(); k++) state.fill(task.out().get(k), out.get(k), true);
    }

    @Override public void letGo() {
        then.letGo();
        otherwise.letGo();
    }
}

package org.agnesi.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Task;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Node;

/// Runs a loop's plan step by step, as its [LoopSpec] says; each result is a stack of what the steps give.
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
        int n = spec.steps(in);
        var histories = new ArrayList<History>();
        for (int k = 0; k < spec.states(); k++) histories.add(new History(in.get(spec.initial(k)), spec, k));
        var stacks = new ArrayList<Stack>();
        for (int r = 0; r < spec.states() + spec.collected(); r++) stacks.add(new Stack(n));
        int done = 0;
        for (boolean goes = true; goes && done < n; done++) {
            int place = spec.backwards() ? n - 1 - done : done;
            var out = body.call(arguments(in, histories, place));
            for (int k = 0; k < spec.states(); k++) histories.get(k).add(out.get(k), task.node());
            for (int r = 0; r < stacks.size(); r++) stacks.get(r).put(place, out.get(r));
            goes = !spec.until() || !out.getLast().toBoolean();
        }
        for (int r = 0; r < stacks.size(); r++) state.fill(task.out().get(r), done == 0 ? none(state, r) : stacks.get(r).rows(done), true);
        if (spec.until()) state.fill(task.out().getLast(), NDArray.of((long) done), true);
    }

    private List<NDArray> arguments(List<NDArray> in, List<History> histories, int place) {
        var arguments = new ArrayList<NDArray>(spec.parameters());
        for (int k = 0; k < spec.sequences(); k++)
            for (int tap : spec.sequenceTaps().get(k)) arguments.add(row(in.get(spec.sequence(k)), place + tap + spec.offset(k)));
        for (int k = 0; k < spec.states(); k++)
            for (int tap : spec.stateTaps().get(k)) arguments.add(histories.get(k).back(-tap));
        for (int k = 0; k < spec.captures(); k++) arguments.add(in.get(spec.capture(k)));
        return arguments;
    }

    /// What a loop without steps gives: no rows, of the shape that is known without running it.
    private NDArray none(State state, int result) {
        var dims = state.measured(task.out().get(result)).clone();
        dims[0] = 0;
        return NDArray.zeros(task.node().types().get(result).dtype(), Shape.of(dims));
    }

    /// `x[i]`
    private static NDArray row(NDArray x, int i) {
        var dims = x.shape().dims();
        var row = NDArray.zeros(x.dtype(), Shape.of(Arrays.copyOfRange(dims, 1, dims.length)));
        System.arraycopy(x.data(), i * row.size(), row.data(), 0, row.size());
        return row;
    }

    /// The values of one state that steps can still see, the latest first.
    private static final class History {
        private final ArrayDeque<NDArray> values = new ArrayDeque<>();
        private final LoopSpec spec;
        private final int k;

        History(NDArray initial, LoopSpec spec, int k) {
            this.spec = spec;
            this.k = k;
            if (!spec.stacked(k)) values.push(initial);
            else for (int i = 0; i < spec.depth(k); i++) values.push(row(initial, i));
        }

        NDArray back(int steps) {
            var latest = values.iterator();
            for (int i = 1; i < steps; i++) latest.next();
            return latest.next();
        }

        void add(NDArray value, Node node) {
            var before = values.getFirst();
            if (!before.shape().equals(value.shape())) throw new ShapeError("""
                scan needs a state of one shape at every step, but %s went from %s to %s
                Give an initial value of the step's shape.""".formatted(
                node.op().lambdas().getFirst().params().get(spec.previous(k)), before.shape(), value.shape()));
            values.push(value);
            values.removeLast();
        }
    }

    /// Values of one shape, one per place.
    private static final class Stack {
        private final int n;
        private NDArray all = NDArray.of(0.0);
        private Shape row = Shape.SCALAR;
        private boolean empty = true;

        Stack(int n) { this.n = n; }

        void put(int place, NDArray value) {
            if (empty) start(value);
            if (!value.shape().equals(row)) throw new ShapeError("""
                scan needs a value of one shape at every step, but got %s and %s
                Collect values of one shape, for example padded ones.""".formatted(row, value.shape()));
            System.arraycopy(value.data(), 0, all.data(), place * row.size(), row.size());
        }

        private void start(NDArray value) {
            empty = false;
            row = value.shape();
            all = NDArray.zeros(value.dtype(), shape(n));
        }

        private Shape shape(int rows) {
            var dims = new int[row.rank() + 1];
            dims[0] = rows;
            System.arraycopy(row.dims(), 0, dims, 1, row.rank());
            return Shape.of(dims);
        }

        /// The first `done` rows; all of them unless the loop ended early.
        NDArray rows(int done) { return done == n ? all : all.take(shape(done), i -> i); }
    }
}

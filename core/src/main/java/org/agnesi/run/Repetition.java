package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Task;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.LoopSpec;

/// Runs a loop's plan step by step, as its [LoopSpec] says; each result is a stack of what the steps give.
///
/// All steps share one [State] of the plan: captures are put into it once, a sequence's element is copied into the same
/// array at each step, and what one step gives for a state is what the next one reads.
final class Repetition implements Action {
    private final Task.Repeat task;
    private final LoopSpec spec;
    private final Plan body;

    Repetition(Task.Repeat task, Backend backend, Probe probe) {
        this.task = task;
        this.spec = task.spec();
        this.body = new Plan(task.body(), backend, probe);
    }

    @Override public void run(State state) {
        var in = task.in().stream().map(state::value).toList();
        int n = spec.steps(in);
        var inner = body.open();
        var elements = elements(in, inner);
        for (int k = 0; k < spec.captures(); k++) inner.put(body.input(spec.captured(k)), in.get(spec.capture(k)));
        var histories = new ArrayList<History>();
        for (int k = 0; k < spec.states(); k++) histories.add(new History(in.get(spec.initial(k)), k));
        var stacks = new ArrayList<Stack>();
        for (int r = 0; r < spec.states() + spec.collected(); r++) stacks.add(new Stack(spec.rows(r, n)));
        var last = new boolean[stacks.size()];
        for (int r : spec.lasts()) last[r] = true;
        int done = 0;
        for (boolean goes = true; goes && done < n; done++) {
            int place = spec.backwards() ? n - 1 - done : done;
            for (var element : elements) element.move(place);
            for (var history : histories) history.show(inner);
            body.step(inner);
            for (var history : histories) history.add(inner);
            for (int r = 0; r < stacks.size(); r++) if (!last[r]) stacks.get(r).put(place, inner, body.output(r));
            for (int r = spec.states(); r < stacks.size(); r++) if (!last[r]) inner.reuse(body.output(r));
            goes = !spec.until() || !inner.value(body.output(stacks.size())).toBoolean();
        }
        if (done > 0) for (int r : spec.lasts()) stacks.get(r).put(0, inner, body.output(r));
        body.close(inner);
        for (int r = 0; r < stacks.size(); r++)
            state.fill(task.out().get(r), done == 0 ? none(state, r) : stacks.get(r).rows(r, spec.rows(r, done)), true);
        if (spec.until()) state.fill(task.out().getLast(), NDArray.of((long) done), true);
    }

    @Override public void letGo() { body.letGo(); }

    private List<Element> elements(List<NDArray> in, State inner) {
        var elements = new ArrayList<Element>();
        for (int k = 0; k < spec.sequences(); k++) {
            var taps = spec.sequenceTaps().get(k);
            for (int tap = 0; tap < taps.size(); tap++) {
                var sequence = in.get(spec.sequence(k));
                var row = NDArray.zeros(sequence.dtype(), rest(sequence.shape()));
                inner.put(body.input(spec.element(k) + tap), row);
                elements.add(new Element(sequence, row, taps.get(tap) + spec.offset(k)));
            }
        }
        return elements;
    }

    /// The array that holds the current element of a sequence at one tap.
    private record Element(NDArray sequence, NDArray row, int offset) {
        void move(int place) { System.arraycopy(sequence.data(), (place + offset) * row.size(), row.data(), 0, row.size()); }
    }

    private static Shape rest(Shape shape) {
        var dims = shape.dims();
        return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /// What a loop without steps gives: no rows, of the shape that is known without running it.
    private NDArray none(State state, int result) {
        var dims = state.measured(task.out().get(result)).clone();
        dims[0] = 0;
        return NDArray.zeros(task.node().types().get(result).dtype(), Shape.of(dims));
    }

    /// The values of one state that steps can still see, the oldest first, all of one shape.
    private final class History {
        private final NDArray[] values;
        private final int k;
        private final int[] slots;

        History(NDArray initial, int k) {
            this.k = k;
            var taps = spec.stateTaps().get(k);
            slots = new int[taps.size()];
            for (int tap = 0; tap < slots.length; tap++) slots[tap] = body.input(spec.previous(k) + tap);
            values = new NDArray[spec.depth(k)];
            for (int i = 0; i < values.length; i++) values[i] = spec.stacked(k) ? row(initial, i) : initial;
        }

        private static NDArray row(NDArray x, int i) {
            var row = NDArray.zeros(x.dtype(), rest(x.shape()));
            new Element(x, row, 0).move(i);
            return row;
        }

        /// Puts the value at each tap into its slot.
        void show(State inner) {
            for (int tap = 0; tap < slots.length; tap++) inner.put(slots[tap], values[values.length + spec.stateTaps().get(k).get(tap)]);
        }

        void add(State inner) {
            var value = inner.value(body.output(k));
            if (!values[0].shape().equals(value.shape())) throw new ShapeError("""
                scan needs a state of one shape at every step, but %s went from %s to %s
                Give an initial value of the step's shape.""".formatted(
                task.node().op().lambdas().getFirst().params().get(spec.previous(k)), values[0].shape(), value.shape()));
            System.arraycopy(values, 1, values, 0, values.length - 1);
            values[values.length - 1] = value;
        }
    }

    /// Values of one shape, one per place.
    private final class Stack {
        private final int n;
        private Object all = Frame.NONE;
        private int[] row = new int[0];
        private int size;

        Stack(int n) { this.n = n; }

        void put(int place, State inner, int slot) {
            var value = inner.array(slot);
            var dims = inner.frame.dims[slot];
            if (all == Frame.NONE) start(value, dims);
            if (!Arrays.equals(dims, row)) throw new ShapeError("""
                scan needs a value of one shape at every step, but got %s and %s
                Collect values of one shape, for example padded ones.""".formatted(Shape.of(row), Shape.of(dims)));
            System.arraycopy(value, 0, all, place * size, size);
        }

        private void start(Object value, int[] dims) {
            row = dims.clone();
            size = Shape.of(row).size();
            all = Array.newInstance(value.getClass().componentType(), shape(n).size());
        }

        private Shape shape(int rows) {
            var dims = new int[row.length + 1];
            dims[0] = rows;
            System.arraycopy(row, 0, dims, 1, row.length);
            return Shape.of(dims);
        }

        /// The first `done` rows; all of them unless the loop ended early.
        NDArray rows(int result, int done) {
            var whole = NDArray.wrap(task.node().types().get(result).dtype(), shape(n), all);
            return done == n ? whole : whole.take(shape(done), i -> i);
        }
    }
}

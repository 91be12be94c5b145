package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Given;
import org.agnesi.compile.ReplayPlan;
import org.agnesi.compile.Task;
import org.agnesi.kernel.ReplaySpec;
import org.agnesi.kernel.Revolve;
import org.jspecify.annotations.Nullable;

/// Goes back through a loop of which few states are stored, as a [ReplayPlan] says. What it needs for that is nobody's afterwards: the
/// next such loop has its own, and both together would be more than either may hold.
final class Replaying implements Action {
    private final Task.Replay task;
    private final ReplaySpec spec;
    private final Plan advance;
    private final Plan reverse;
    private volatile @Nullable Known last;

    /// The plan for these sizes.
    private record Known(int n, List<Shape> shapes, ReplayPlan plan) {}

    Replaying(Task.Replay task, Backend backend, Probe probe) {
        this.task = task;
        this.spec = task.spec();
        advance = new Plan(task.advance(), backend, probe);
        reverse = new Plan(task.reverse(), backend, probe);
    }

    @Override public void run(State state) {
        var in = task.in().stream().map(state::value).toList();
        int n = spec.forward().steps(in);
        if (n == 0) none(state, in);
        else new Sweep(in, n, plan(in, n)).fill(state);
        letGo();
    }

    @Override public void letGo() {
        advance.letGo();
        reverse.letGo();
    }

    private void none(State state, List<NDArray> in) {
        var out = task.node().op().eval(in);
        for (int k = 0; k < out.size(); k++) state.fill(task.out().get(k), out.get(k), false);
    }

    private ReplayPlan plan(List<NDArray> in, int n) {
        var shapes = in.stream().map(NDArray::shape).toList();
        var known = last;
        if (known != null && known.n == n && known.shapes.equals(shapes)) return known.plan;
        var plan = ReplayPlan.of(task, n, in.stream().map(Given::of).toList());
        last = new Known(n, shapes, plan);
        return plan;
    }

    /// One way back.
    private final class Sweep {
        private final List<NDArray> in;
        private final int n;
        private final ReplayPlan plan;
        private final ArrayDeque<Stored> stored = new ArrayDeque<>();
        private final List<NDArray> stacks = new ArrayList<>();
        private List<NDArray> back;

        /// The states before a unit.
        private record Stored(int unit, List<NDArray> states) {}

        Sweep(List<NDArray> in, int n, ReplayPlan plan) {
            this.in = in;
            this.n = n;
            this.plan = plan;
            back = in.subList(spec.argument(spec.backward().initial(0)), spec.argument(spec.backward().capture(0)));
        }

        void fill(State state) {
            stored.push(new Stored(0, in.subList(spec.forward().initial(0), spec.forward().capture(0))));
            for (int unit = plan.units() - 1; unit >= 0; unit--) {
                back(unit, before(unit));
                if (stored.peek().unit == unit) stored.pop();
            }
            for (int k = 0; k < back.size(); k++) state.fill(task.out().get(k), back.get(k), true);
            for (int j = 0; j < stacks.size(); j++) state.fill(task.out().get(back.size() + j), stacks.get(j), true);
        }

        /// The states before a unit, from the nearest that are stored; others are stored on the way.
        private List<NDArray> before(int unit) {
            var nearest = stored.element();
            int at = nearest.unit;
            var states = nearest.states;
            while (at < unit) {
                int free = plan.snapshots() - (stored.size() - 1);
                int next = free == 0 ? unit : at + Math.toIntExact(Revolve.next(unit + 1 - at, free));
                for (; at < next; at++) states = advance.call(arguments(at, plan.unit(), spec.forward().arguments(), states));
                if (free > 0) stored.push(new Stored(at, states));
            }
            return states;
        }

        private void back(int unit, List<NDArray> states) {
            int first = unit * plan.unit();
            int steps = Math.min(plan.unit(), n - first);
            var out = reverse.call(arguments(unit, steps, spec.arguments(), states));
            if (steps < plan.unit()) reverse.letGo();   // others have other sizes
            back = out.subList(0, back.size());
            for (int j = 0; j < spec.backward().collected(); j++) {
                var rows = out.get(back.size() + j);
                if (stacks.size() == j) stacks.add(NDArray.zeros(rows.dtype(), rows(rows.shape(), n)));
                int row = rows.size() / steps;
                System.arraycopy(rows.data(), 0, stacks.get(j).data(), first * row, rows.size());
            }
        }

        private List<NDArray> arguments(int unit, int steps, int count, List<NDArray> states) {
            var all = new ArrayList<>(in.subList(0, count));
            all.set(0, NDArray.of((long) steps));
            for (int i = 1; i < count; i++) if (spec.isSequence(i)) all.set(i, piece(in.get(i), unit * plan.unit(), steps + spec.span(i)));
            for (int k = 0; k < states.size(); k++) all.set(spec.forward().initial(k), states.get(k));
            if (count > spec.forward().arguments())
                for (int k = 0; k < back.size(); k++) all.set(spec.argument(spec.backward().initial(k)), back.get(k));
            return all;
        }

        private static NDArray piece(NDArray x, int first, int count) {
            var shape = rows(x.shape(), count);
            var piece = Array.newInstance(x.dtype().carrier(), shape.size());
            int row = count == 0 ? 0 : shape.size() / count;
            System.arraycopy(x.data(), first * row, piece, 0, shape.size());
            return NDArray.wrap(x.dtype(), shape, piece);
        }

        private static Shape rows(Shape shape, int count) {
            return Shape.of(IntStream.concat(IntStream.of(count), IntStream.of(shape.dims()).skip(1)).toArray());
        }
    }
}

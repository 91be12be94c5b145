package org.agnesi.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.agnesi.error.BudgetError;
import org.agnesi.kernel.ReplaySpec;
import org.agnesi.kernel.Revolve;
import org.agnesi.kernel.Saving;
import org.agnesi.kernel.Scalar.Const;

/// How a [Task.Replay] goes back through its steps: so many at a time, a unit, with so many states stored beside the first.
///
/// ```
/// state before unit 0 … stored states … the last unit: forwards with all its states, then back; the one before it …
/// ```
///
/// The last unit may be shorter, and is never gone through only to come to another. Where bytes are given, units double as long as
/// what they hold leaves room: large ones store more states for a while, small ones leave more room for states of [Revolve]; that
/// with the fewest steps is taken.
///
/// @param unit      the number of steps that are gone back through at a time
/// @param units     how many of them there are
/// @param snapshots how many states are stored beside the first, at most
/// @param bytes     the most bytes held at one time; none of them stay
/// @param runs      what runs how often
public record ReplayPlan(int unit, int units, int snapshots, long bytes, Map<Costing, Long> runs) {

    /// @param args sizes of the arguments, and elements where these are sizes
    public static ReplayPlan of(Task.Replay task, long n, List<Given> args) {
        int steps = Math.toIntExact(n);
        return switch (task.spec().saving()) {
            case Saving.All() -> new Maker(task, args, steps, steps).plan(0);
            case Saving.Every(var every) -> new Maker(task, args, Math.min(every, steps), steps).plan(Integer.MAX_VALUE);
            case Saving.Within(var bytes) -> within(task, args, steps, bytes);
        };
    }

    private static ReplayPlan within(Task.Replay task, List<Given> args, int n, long bytes) {
        ReplayPlan best = null;
        long fewest = Long.MAX_VALUE, least = Long.MAX_VALUE;
        for (long unit = 1; ; unit = Math.min(2 * unit, n)) {
            var maker = new Maker(task, args, (int) unit, n);
            least = Math.min(least, maker.bytes(0));
            if (maker.bytes(0) <= bytes) {
                var plan = maker.plan(maker.state == 0 ? Integer.MAX_VALUE : (bytes - maker.bytes(0)) / maker.state);
                long again = unit * Revolve.steps(plan.units, plan.snapshots);
                if (again <= fewest) best = plan;
                fewest = Math.min(fewest, again);
            }
            if (unit == n) break;
        }
        if (best != null) return best;
        throw new BudgetError("""
            the gradient of a loop from %s over %d steps needs at least %,d bytes beside its arguments and results, but may hold %,d
            Allow as many: saveWithin(%d).""".formatted(task.node().arg(task.spec().forward().initial(0)), n, least, bytes, least),
            task.node().origin());
    }

    /// Plans for one length of units.
    private static final class Maker {
        private final Task.Replay task;
        private final ReplaySpec spec;
        private final List<Given> args;
        private final int unit;
        private final int units;
        private final int last;
        private final Costing advance;
        private final Costing reverse;
        private final Costing shorter;
        private final long state;
        private final long held;

        Maker(Task.Replay task, List<Given> args, int unit, int n) {
            this.task = task;
            this.spec = task.spec();
            this.args = args;
            this.unit = unit;
            units = (n + unit - 1) / unit;
            last = n - (units - 1) * unit;
            reverse = costing(task.reverse(), unit, spec.arguments());
            shorter = last == unit ? reverse : costing(task.reverse(), last, spec.arguments());
            advance = costing(task.advance(), unit, spec.forward().arguments());
            state = bytes(unit, spec.forward().initial(0), spec.forward().capture(0));
            long back = bytes(unit, spec.argument(spec.backward().initial(0)), spec.argument(spec.backward().capture(0)));
            boolean several = units > 1;
            long kept = reverse.held().kept() + (several ? advance.held().kept() : 0);
            long backwards = copied(spec.arguments()) + reverse.held().passing() + given(reverse, task.reverse());
            long forwards = copied(spec.forward().arguments()) + advance.held().passing() + given(advance, task.advance());
            held = kept + (several ? Math.max(backwards, forwards) + back + state : backwards);
        }

        private Costing costing(Schedule schedule, int steps, int arguments) {
            var given = new ArrayList<Given>();
            given.add(new Given(List.of(), _ -> Const.of((long) steps)));
            for (int i = 1; i < arguments; i++) given.add(spec.isSequence(i) ? rows(i, steps) : args.get(i));
            return new Costing(schedule, given, new LinkedHashSet<>());
        }

        private Given rows(int i, int steps) {
            var dims = new ArrayList<>(args.get(i).dims());
            dims.set(0, (long) steps + spec.span(i));
            return new Given(dims, _ -> null);
        }

        /// The bytes of some arguments for so many steps.
        private long bytes(int steps, int from, int to) {
            long bytes = 0;
            for (int i = from; i < to; i++) {
                long own = task.node().arg(i).type().dtype().bytes();
                for (long dim : (spec.isSequence(i) ? rows(i, steps) : args.get(i)).dims()) own = Math.multiplyExact(own, Math.max(0, dim));
                bytes = Math.addExact(bytes, own);
            }
            return bytes;
        }

        /// The bytes of what a run gives.
        private static long given(Costing run, Schedule schedule) { return schedule.outputs().stream().mapToLong(run::bytes).sum(); }

        /// The bytes of the rows that are copied for a unit.
        private long copied(int arguments) {
            long bytes = 0;
            for (int i = 0; i < arguments; i++) if (spec.isSequence(i)) bytes = Math.addExact(bytes, bytes(unit, i, i + 1));
            return bytes;
        }

        /// What is held with so many states stored.
        long bytes(long snapshots) { return Math.addExact(held, Math.multiplyExact(snapshots, state)); }

        ReplayPlan plan(long room) {
            int snapshots = (int) Math.min(units - 1, room);
            var runs = new LinkedHashMap<Costing, Long>();
            if (units > 1) runs.put(advance, Revolve.steps(units, snapshots));
            if (units > 1) runs.put(reverse, (long) units - 1);
            runs.merge(shorter, 1L, Long::sum);
            return new ReplayPlan(unit, units, snapshots, bytes(snapshots), runs);
        }
    }
}

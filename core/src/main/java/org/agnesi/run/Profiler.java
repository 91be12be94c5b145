package org.agnesi.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.agnesi.compile.Extents;
import org.agnesi.compile.Given;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.agnesi.compile.TaskWork;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Timing;
import org.agnesi.kernel.Work;
import org.jspecify.annotations.Nullable;

/// Adds up what each task of a plan takes and does, in all threads, until it is closed.
public final class Profiler implements AutoCloseable {
    private final Probe probe;
    private final List<Tally> tallies;
    private final Map<Task, Tally> byTask = new IdentityHashMap<>();

    Profiler(Probe probe, Schedule schedule) {
        this.probe = probe;
        this.tallies = tallies(schedule);
    }

    private List<Tally> tallies(Schedule schedule) {
        var all = new ArrayList<Tally>();
        for (var task : schedule.tasks()) {
            var inside = switch (task) {
                case Task.Repeat repeat -> repeat.loop() == null ? tallies(repeat.body()) : List.<Tally>of();
                case Task.Replay replay -> {
                    var both = new ArrayList<>(tallies(replay.advance()));
                    both.addAll(tallies(replay.reverse()));
                    yield both;
                }
                case Task.Choose choose -> {
                    var both = new ArrayList<>(tallies(choose.then()));
                    both.addAll(tallies(choose.otherwise()));
                    yield both;
                }
                case Task.Run _, Task.Eval _, Task.Multiply _, Task.Copy _, Task.Rename _, Task.Verify _ -> List.<Tally>of();
            };
            var tally = new Tally(task, schedule, inside);
            byTask.put(task, tally);
            if (!(task instanceof Task.Verify || task instanceof Task.Rename)) all.add(tally);
        }
        return all;
    }

    void took(Task task, long nanos, State state) {
        var tally = byTask.get(task);
        if (tally != null) tally.took(nanos, state);
    }

    /// What was added up so far.
    public List<Timing> timings() { return tallies.stream().map(Tally::timing).toList(); }

    @Override public void close() { probe.change(this, false); }

    private static final class Tally {
        private final Task task;
        private final Schedule schedule;
        private final List<Tally> inside;
        private final int[] slots;
        private final LongAdder runs = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAdder flops = new LongAdder();
        private final LongAdder elementary = new LongAdder();
        private final LongAdder read = new LongAdder();
        private final LongAdder written = new LongAdder();
        private volatile @Nullable Known last;

        /// What a run at these sizes does.
        private record Known(List<int[]> sizes, Work work) {}

        Tally(Task task, Schedule schedule, List<Tally> inside) {
            this.task = task;
            this.schedule = schedule;
            this.inside = inside;
            slots = TaskWork.slots(task).stream().mapToInt(Integer::intValue).toArray();
        }

        void took(long time, State state) {
            runs.increment();
            nanos.add(time);
            var work = work(state);
            flops.add(work.flops());
            elementary.add(work.elementary());
            read.add(work.bytesRead());
            written.add(work.bytesWritten());
        }

        private Work work(State state) {
            var known = last;
            if (known != null && fits(known, state)) return known.work();
            var counted = TaskWork.of(task, schedule, extents(state));
            if (counted.bySizes()) last = new Known(sizes(state), counted.work());
            return counted.work();
        }

        private List<int[]> sizes(State state) { return Arrays.stream(slots).mapToObj(slot -> state.frame.dims[slot].clone()).toList(); }

        private boolean fits(Known known, State state) {
            for (int k = 0; k < slots.length; k++) if (!Arrays.equals(known.sizes().get(k), state.frame.dims[slots[k]])) return false;
            return true;
        }

        private static Extents extents(State state) {
            return new Extents() {
                @Override public Long size(int slot, int axis) { return (long) state.frame.dims[slot][axis]; }
                @Override public Scalar.@Nullable Const element(int slot, long place) {
                    return Given.of(state.value(slot)).elements().apply(place);
                }
            };
        }

        Timing timing() {
            var rows = inside.stream().map(Tally::timing).toList();
            var own = new Work(flops.sum(), elementary.sum(), read.sum(), written.sum());
            return new Timing(task.kind(), task.names(schedule), task.line(schedule), runs.sum(), nanos.sum(),
                rows.stream().map(Timing::work).reduce(own, Work::plus), rows);
        }
    }
}

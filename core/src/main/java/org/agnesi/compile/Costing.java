package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.kernel.Cost.Step;
import org.agnesi.kernel.Cost.Temporary;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Work;
import org.jspecify.annotations.Nullable;

/// Follows a schedule task by task, as a plan runs it, but with sizes only.
///
/// Sizes may depend on elements, such as a number of steps that a kernel computes from a shape: those elements are
/// followed too, as far as they are known.
public final class Costing implements Extents {
    private final Schedule schedule;
    private final Set<String> unknown;
    private final Set<Integer> handedOut;
    private final List<List<Long>> dims = new ArrayList<>();
    private final Map<Integer, Given> given = new HashMap<>();
    private final Map<Integer, Map<Long, Const>> stored = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Held held;

    Costing(Schedule schedule, List<Given> inputs, Set<String> unknown) {
        this.schedule = schedule;
        this.unknown = unknown;
        held = new Held(schedule.heirs());
        handedOut = new HashSet<>(schedule.outputs());
        for (int k = 0; k < inputs.size(); k++) given.put(schedule.inputs().get(k), inputs.get(k));
        for (int slot = 0; slot < schedule.slots().size(); slot++) {
            var constant = schedule.slots().get(slot).constant();
            if (constant != null) given.put(slot, Given.of(constant));
            dims.add(given.containsKey(slot) ? given.get(slot).dims() : List.of());
        }
        var releases = schedule.releases();
        for (int k = 0; k < schedule.tasks().size(); k++) {
            follow(schedule.tasks().get(k));
            for (int slot : releases.get(k)) held.release(slot);
        }
    }

    /// What a call costs for these inputs.
    public static Cost of(Schedule schedule, List<Given> inputs) {
        var unknown = new LinkedHashSet<String>();
        var costing = new Costing(schedule, inputs, unknown);
        return new Cost(costing.steps, Math.addExact(costing.held.kept(), costing.held.passing()), costing.largest(), List.copyOf(unknown));
    }

    @Override public @Nullable Long size(int slot, int axis) {
        var own = dims.get(slot);
        return axis < own.size() && own.get(axis) >= 0 ? own.get(axis) : null;
    }

    @Override public @Nullable Const element(int slot, long place) {
        if (given.containsKey(slot)) return given.get(slot).elements().apply(place);
        return stored.getOrDefault(slot, Map.of()).get(place);
    }

    Held held() { return held; }
    List<Step> steps(long times) { return steps.stream().map(step -> step.times(times)).toList(); }
    Work total() { return steps.stream().map(Step::work).reduce(Work.NONE, Work::plus); }

    private Optional<Temporary> largest() { return steps.stream().flatMap(step -> step.largest().stream()).max(SIZE); }
    private static final Comparator<Temporary> SIZE = Comparator.comparingLong(Temporary::elements);

    private void follow(Task task) {
        for (int slot : task.out()) dims.set(slot, schedule.slots().get(slot).dims().stream().map(this::size).toList());
        if (task instanceof Task.Copy(int from, int to)) given.put(to, new Given(dims.get(to), place -> element(from, place)));
        switch (task) {
            case Task.Run run -> run(run.where(this));
            case Task.Eval eval -> {
                if (eval.node().op().isRemembered()) foretell(eval);
                else if (eval.flops() == null) unknown.add("the flops of " + eval.node());
                made(eval);
                step(eval, TaskWork.of(eval, schedule, this).work());
            }
            case Task.Multiply multiply -> multiply(multiply);
            case Task.Copy copy -> step(copy, TaskWork.of(copy, schedule, this).work());
            case Task.Repeat repeat when repeat.loop() != null && !repeat.spec().until() -> steps(repeat, repeat.loop());
            case Task.Repeat repeat -> repeat(repeat);
            case Task.Replay replay -> replay(replay);
            case Task.Choose choose -> choose(choose);
            case Task.Verify(var check, _) -> verify(check);
            case Task.Rename(int from, int to) -> given.put(to, new Given(dims.get(to), place -> element(from, place)));
        }
        for (int slot : task.out()) for (int axis = 0; axis < dims.get(slot).size(); axis++)
            if (dims.get(slot).get(axis) < 0) lacks(slot, schedule.slots().get(slot).dims().get(axis));
    }

    private long size(Scalar dim) {
        var known = value(dim);
        return known == null ? -1 : Math.max(0, known.bits());
    }

    /// Says which slot's size or value a size needs; what depends on others' unknown sizes is their fault.
    private void lacks(int slot, Scalar size) {
        for (var x : Scalars.inOrder(List.of(size))) {
            if (x instanceof Scalar.Size(var own, var axis) && own == slot) unknown.add("axis " + axis + " of " + formula(slot));
            if (x instanceof Scalar.Load(var read, _, _) && value(x) == null) unknown.add("the value of " + formula(read));
        }
    }

    private String formula(int slot) { return schedule.slots().get(slot).value().toString(); }

    /// The results of what sizes and index data decide are sizes of others.
    private void foretell(Task.Eval eval) {
        var results = Foretold.results(eval, schedule, this);
        for (int k = 0; k < results.size(); k++) {
            var found = Given.of(results.get(k));
            given.put(eval.out().get(k), found);
            dims.set(eval.out().get(k), found.dims());
        }
    }

    private void run(Task.Run run) {
        var slots = TaskWork.slots(run);
        var count = TaskWork.count(run, this);
        count.stored().forEach((buffer, elements) -> stored.put(slots.get(buffer), elements));
        unknown(count, slots);
        program(run, run.program(), of(slots), 1, count.work());
    }

    private void unknown(ProgramCount count, List<Integer> slots) {
        for (var extent : count.unknown()) for (var x : Scalars.inOrder(List.of(extent)))
            if (x instanceof Scalar.Load(var buffer, _, _)) unknown.add("the value of " + formula(slots.get(buffer)));
    }

    private void program(Task task, Program program, Extents buffers, long times, Work work) {
        for (int slot : task.out())
            if (!handedOut.contains(slot)) held.take(slot, schedule.slots().get(slot).dtype(), elements(slot), dims.get(slot));
        var scratch = new ArrayList<Temporary>();
        for (var buffer : program.buffers()) if (buffer.length() != null) {
            var length = buffers.value(buffer.length());
            scratch.add(new Temporary(buffer.name(), buffer.dtype(), List.of(length == null ? 0L : Math.max(0, length.bits()))));
        }
        scratch.forEach(row -> held.keep(row.bytes()));
        step(task, times, work, scratch, List.of());
    }

    private void multiply(Task.Multiply multiply) {
        int slot = multiply.out().getFirst();
        var dtype = schedule.slots().get(slot).dtype();
        if (!handedOut.contains(slot)) held.take(slot, dtype, elements(slot), dims.get(slot));
        held.keep(multiply.product().scratch(dtype, TaskWork.sizes(multiply, this)));
        step(multiply, TaskWork.of(multiply, schedule, this).work());
    }

    private long elements(int slot) { return count(slot, dims.get(slot).size()); }

    long bytes(int slot) { return Math.multiplyExact(elements(slot), schedule.slots().get(slot).dtype().bytes()); }

    private void made(Task task) { for (int slot : task.out()) if (!handedOut.contains(slot)) held.make(slot, bytes(slot)); }

    private Temporary temporary(int slot) {
        return new Temporary(formula(slot), schedule.slots().get(slot).dtype(), dims.get(slot).stream().map(d -> Math.max(0, d)).toList());
    }

    private void step(Task task, Work work) { step(task, 1, work, List.of(), List.of()); }

    private void step(Task task, long times, Work work, Collection<Temporary> more, List<Step> inside) {
        var own = task.out().stream().filter(slot -> !handedOut.contains(slot)).map(this::temporary);
        var largest = Stream.concat(own, more.stream()).max(SIZE);
        steps.add(new Step(task.kind(), task.names(schedule), task.line(schedule), times, work, largest, inside));
    }

    // loops

    /// A loop that is one program.
    private void steps(Task.Repeat repeat, StepLoop loop) {
        var n = value(loop.steps());
        long steps = n == null ? 0 : Math.max(0, n.bits());
        for (int r = 0; r < loop.rows().size(); r++) {
            var own = new ArrayList<>(List.of(repeat.spec().rows(r, steps)));
            for (var dim : loop.rows().get(r)) own.add(size(dim));
            dims.set(repeat.out().get(r), own);
        }
        var count = TaskWork.count(loop, repeat, this);
        unknown(count, repeat.in());
        program(repeat, loop.program(), loop.extents(repeat, this), steps, count.work());
    }

    private void repeat(Task.Repeat repeat) {
        var spec = repeat.spec();
        long n = count(repeat.in().getFirst());
        var body = new Costing(repeat.body(), arguments(spec, repeat.in()), unknown);
        for (int r = 0; r < spec.states() + spec.collected(); r++) {
            var own = new ArrayList<>(dims.get(repeat.out().get(r)));
            var row = body.dims.get(repeat.body().outputs().get(r));
            for (int axis = 0; axis < own.size(); axis++)
                if (own.get(axis) < 0) own.set(axis, axis == 0 ? spec.rows(r, n) : row.get(axis - 1));
            dims.set(repeat.out().get(r), own);
        }
        if (spec.until()) given.put(repeat.out().getLast(), Given.of(NDArray.of(n)));
        hold(repeat, body, n);
        var own = Stream.concat(repeat.body().inputs().subList(0, spec.previous(0)).stream(), repeat.body().outputs().stream());
        step(repeat, n, body.total().times(n), Stream.concat(own.map(body::temporary), body.largest().stream()).toList(), body.steps(n));
    }

    /// What the region's parameters are.
    private List<Given> arguments(LoopSpec spec, List<Integer> in) {
        var arguments = new ArrayList<Given>();
        for (int k = 0; k < spec.sequences(); k++)
            for (int tap = 0; tap < spec.sequenceTaps().get(k).size(); tap++) arguments.add(argument(in.get(spec.sequence(k))).row());
        for (int k = 0; k < spec.states(); k++) {
            var initial = new Given(dims.get(in.get(spec.initial(k))), _ -> null);
            for (int tap = 0; tap < spec.stateTaps().get(k).size(); tap++) arguments.add(spec.stacked(k) ? initial.row() : initial);
        }
        for (int k = 0; k < spec.captures(); k++) arguments.add(argument(in.get(spec.capture(k))));
        return arguments;
    }

    private long count(int slot) {
        var steps = element(slot, 0);
        if (steps == null) unknown.add("the value of " + formula(slot));
        return steps == null ? 0 : Math.max(0, steps.bits());
    }

    private Given argument(int slot) { return new Given(dims.get(slot), place -> element(slot, place)); }

    /// The results' rows are stacked while it runs; beside them there are the current elements of the sequences, the
    /// states that steps still see, and what the current step gives.
    private void hold(Task.Repeat repeat, Costing body, long n) {
        var spec = repeat.spec();
        if (n == 0) return;
        long rows = 0;
        for (int slot : repeat.body().inputs().subList(0, spec.previous(0))) rows += body.bytes(slot);
        for (int k = 0; k < spec.states(); k++)
            rows += body.bytes(repeat.body().inputs().get(spec.previous(k))) * (spec.stacked(k) ? spec.depth(k) : Math.min(1, n - 1));
        for (int slot : repeat.body().outputs()) rows += body.bytes(slot);
        held.keep(body.held.kept());
        for (int r = 0; r < spec.states() + spec.collected(); r++) {
            long stack = Math.multiplyExact(spec.rows(r, n), body.bytes(repeat.body().outputs().get(r)));
            if (!handedOut.contains(repeat.out().get(r))) held.make(repeat.out().get(r), stack);
            else if (spec.until()) rows = Math.addExact(rows, stack);
        }
        held.during(Math.addExact(rows, body.held.passing()));
    }

    private void replay(Task.Replay replay) {
        made(replay);
        long n = count(replay.in().getFirst());
        if (n > 0) replay(replay, ReplayPlan.of(replay, n, replay.in().stream().map(this::argument).toList()));
    }

    private void replay(Task.Replay replay, ReplayPlan plan) {
        held.during(plan.bytes());
        var inside = plan.runs().entrySet().stream().flatMap(run -> run.getKey().steps(run.getValue()).stream()).toList();
        var work = inside.stream().map(Step::work).reduce(Work.NONE, Work::plus);
        step(replay, plan.units(), work, inside.stream().flatMap(own -> own.largest().stream()).toList(), inside);
    }

    private void choose(Task.Choose choose) {
        var arguments = choose.in().stream().skip(1).map(this::argument).toList();
        var condition = element(choose.in().getFirst(), 0);
        var sides = new ArrayList<Costing>();
        if (condition == null || condition.bits() != 0) sides.add(new Costing(choose.then(), arguments, unknown));
        if (condition == null || condition.bits() == 0) sides.add(new Costing(choose.otherwise(), arguments, unknown));
        var dearer = sides.stream().max(Comparator.comparing(Costing::total,
            Comparator.comparingLong(Work::flops).thenComparingLong(Work::bytes))).orElseThrow();
        for (int r = 0; r < choose.out().size(); r++) {
            int slot = choose.out().get(r), chosen = dearer.schedule.outputs().get(r);
            var own = new ArrayList<>(dims.get(slot));
            for (int axis = 0; axis < own.size(); axis++) if (own.get(axis) < 0) own.set(axis, dearer.dims.get(chosen).get(axis));
            dims.set(slot, own);
            if (sides.size() == 1) given.put(slot, new Given(own, place -> dearer.element(chosen, place)));
        }
        made(choose);
        held.keep(sides.stream().mapToLong(side -> side.held.kept()).max().orElseThrow());
        held.during(sides.stream().mapToLong(side -> side.held.passing()).max().orElseThrow());
        step(choose, 1, dearer.total(), sides.stream().flatMap(side -> side.largest().stream()).toList(), dearer.steps);
    }

    // checks

    private void verify(SizeCheck check) {
        if (!(check instanceof SizeCheck.Equal(var node, var fact, var a, var b))) return;
        List<Long> shapeA = a.stream().map(this::size).toList(), shapeB = b.stream().map(this::size).toList();
        boolean known = shapeA.stream().allMatch(d -> d >= 0) && shapeB.stream().allMatch(d -> d >= 0);
        if (known && !shapeA.get(fact.axisA()).equals(shapeB.get(fact.axisB()))) throw fact.mismatch(node, shape(shapeA), shape(shapeB));
    }

    private static Shape shape(List<Long> dims) { return Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray()); }
}

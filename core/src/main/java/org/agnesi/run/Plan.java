package org.agnesi.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.agnesi.emit.OutsideException;
import org.agnesi.emit.ScalarMethod;
import org.agnesi.emit.Shortfall;
import org.agnesi.error.ArgumentError;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Storage;
import org.agnesi.kernel.UnaryFunction;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// A [Schedule] made ready to run: arrays in, arrays out. Any number of threads may call it.
///
/// What goes out is always new: it is no input, no constant, and no two outputs are one array. Arrays for values in
/// between are kept and used again by later calls, and within a call as soon as nothing reads them any more.
public final class Plan {
    private final Schedule schedule;
    private final Action[] actions;
    private final int[][] releases;
    private final Whole[][] sizes;
    private final boolean[] kept;
    private final int[] heirs;
    private final int[] inputs;
    private final int[] outputs;
    private final Idle<State> idle = new Idle<>();

    private final Probe probe;
    private final boolean isEmitted;

    public Plan(Schedule schedule, Backend backend) { this(schedule, backend, new Probe()); }

    /// @param probe the outermost plan's
    Plan(Schedule schedule, Backend backend, Probe probe) {
        this.schedule = schedule;
        this.probe = probe;
        isEmitted = backend.workers() != null;
        kept = new boolean[schedule.slots().size()];
        schedule.outputs().forEach(slot -> kept[slot] = true);
        heirs = IntStream.range(0, kept.length).toArray();
        schedule.heirs().forEach((slot, from) -> heirs[slot] = from);
        sizes = schedule.slots().stream().map(slot -> Action.whole(slot.dims())).toArray(Whole[][]::new);
        var tasks = schedule.tasks();
        actions = IntStream.range(0, tasks.size()).mapToObj(k -> Action.of(tasks.get(k), k, backend, probe)).toArray(Action[]::new);
        releases = schedule.releases().toArray(int[][]::new);
        inputs = schedule.inputs().stream().mapToInt(Integer::intValue).toArray();
        outputs = schedule.outputs().stream().mapToInt(Integer::intValue).toArray();
    }

    /// The plan that computes `outputs` from `inputs` without rewriting.
    public static Plan of(List<Expr> inputs, List<Expr> outputs, Backend backend) {
        return new Plan(Schedule.of(inputs, Pipeline.of(Strictness.STRICT).lower(outputs)), backend);
    }

    public Schedule schedule() { return schedule; }

    /// A method that takes all inputs as numbers and returns the only output, for what is one program of numbers; else null.
    public @Nullable MethodHandle scalar() {
        if (schedule.tasks().size() != 1 || !(schedule.tasks().getFirst() instanceof Task.Run run)) return null;
        boolean whole = schedule.inputs().containsAll(run.in()) && schedule.outputs().equals(run.out());
        var method = whole ? ScalarMethod.of(run.program()) : null;
        if (method == null) return null;
        var carriers = schedule.inputs().stream().<Class<?>>map(slot -> parameter(schedule.slots().get(slot).dtype())).toList();
        var order = run.in().stream().mapToInt(slot -> schedule.inputs().indexOf(slot)).toArray();
        return MethodHandles.permuteArguments(method, MethodType.methodType(method.type().returnType(), carriers), order);
    }

    private static Class<?> parameter(DType dtype) {
        return dtype.isFloating() || dtype == DType.INT64 ? dtype.carrier() : int.class;
    }

    /// The programs it runs, as pseudo-code, with the calls between them, and why some run slower than they might.
    public String kernels() {
        var notes = isEmitted ? schedule.programs().stream().map(Plan::note).collect(Collectors.joining()) : "";
        return notes.isEmpty() ? schedule.toString() : schedule + "\n" + notes;
    }

    private static String note(Program program) {
        var shortfall = Shortfall.of(program);
        var names = program.outputs().stream().map(Storage::name).collect(Collectors.joining(", "));
        return shortfall == null ? "" : "# " + names + ": " + shortfall + "\n";
    }

    /// Begins to time what this plan and those inside it run; until it is closed.
    public Profiler profile() { return probe.profile(schedule); }

    /// How often a function is written in all programs: how often it is called per element, where all loops are alike.
    public int calls(UnaryFunction f) {
        int calls = 0;
        for (var program : schedule.programs()) calls += calls(program, f);
        return calls;
    }

    private static int calls(Program program, UnaryFunction f) {
        return (int) program.scalars().stream().filter(x -> x instanceof Scalar.Unary(var g, _, _) && g == f).count();
    }

    /// The outputs for these inputs, which must have the dtypes and ranks of the inputs' types.
    public List<NDArray> call(List<NDArray> in) {
        var state = begin(in);
        for (int slot : schedule.outputs()) state.clear(slot);
        run(state);
        var out = new ArrayList<NDArray>(schedule.outputs().size());
        for (int slot : schedule.outputs()) out.add(state.value(slot));
        close(state);
        return out;
    }

    /// Writes the outputs into `out`, arrays of their dtypes and shapes that are none of the inputs.
    public void callInto(List<NDArray> out, List<NDArray> in) {
        var state = begin(in);
        for (int k = 0; k < out.size(); k++) give(state, k, out.get(k));
        run(state);
        close(state);
    }

    /// The plan with arrays in place for calls with such inputs and outputs, for small ones whose shapes tell all sizes; else null.
    public @Nullable Ready ready(List<NDArray> out, List<NDArray> in) {
        var all = Stream.concat(in.stream(), out.stream()).toList();
        if (!Ready.isSmall(all.stream().mapToLong(NDArray::size).sum()) || !schedule.isSizedByShapes()) return null;
        var state = state();
        var own = all.stream().map(NDArray::copy).toList();
        for (int k = 0; k < inputs.length; k++) state.put(inputs[k], own.get(k));
        for (int k = 0; k < outputs.length; k++) state.give(outputs[k], own.get(inputs.length + k));
        try {
            return Ready.of(state, own, inputs.length, actions);
        } catch (OutsideException e) {   // the caller has changed its arrays since its call
            return null;
        }
    }

    /// Whether someone times what runs, which takes place in [#callInto].
    public boolean isTimed() { return probe.watch() != null; }

    /// Throws unless `out` may be written a result of this dtype and shape.
    public static void requireFit(DType dtype, Shape shape, NDArray out) { State.fits(dtype, shape.dims(), out); }

    private void give(State state, int k, NDArray out) {
        for (int i = 0; i < inputs.length; i++) if (state.frame.arrays[inputs[i]] == out.data()) throw new ArgumentError("""
            callInto needs arrays of their own for its outputs, but output %d is input %d
            Pass another array, or a copy of the input.""".formatted(k, i));
        state.give(outputs[k], out);
    }

    /// A state of this plan for many steps; hand it back to [#close].
    State open() {
        var found = idle.take();
        return found != null ? found : state();
    }

    private State state() { return new State(schedule.slots(), sizes, kept, heirs, actions.length); }

    /// Lets go of arrays that were kept for the next call.
    void letGo() {
        idle.clear();
        for (var action : actions) action.letGo();
    }

    int input(int k) { return inputs[k]; }

    int output(int k) { return outputs[k]; }

    /// Computes the outputs anew from the inputs that are in the state.
    void step(State state) {
        for (int slot : outputs) state.clear(slot);
        run(state);
        state.workspace.end();
    }

    private State begin(List<NDArray> in) {
        var state = open();
        for (int k = 0; k < in.size(); k++) state.put(inputs[k], in.get(k));
        return state;
    }

    private void run(State state) {
        var watch = probe.watch();
        for (int k = 0; k < actions.length; k++) {
            if (watch == null) actions[k].run(state);
            else watch.run(actions[k], schedule.tasks().get(k), state);
            for (int slot : releases[k]) state.release(slot);
        }
    }

    void close(State state) {
        for (int slot : inputs) state.clear(slot);
        for (int slot : outputs) state.close(slot);
        state.workspace.end();
        idle.give(state);
    }
}

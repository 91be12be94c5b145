package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agnesi.kernel.InPlace;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalars;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Origin;

/// What a function does when it is called: arrays in slots, and the tasks that fill them, in order.
///
/// It holds no data but constants, so any number of calls may follow it at once.
public record Schedule(List<Slot> slots, List<Task> tasks, List<Integer> inputs, List<Integer> outputs) {
    public Schedule {
        slots = List.copyOf(slots);
        tasks = List.copyOf(tasks);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// The schedule that computes `outputs`, which a [Pipeline] has lowered, from `inputs`.
    public static Schedule of(List<Expr> inputs, List<Expr> outputs) { return of(inputs, outputs, () -> false); }

    /// The same, where products of a matrix and a vector are tasks of their own if there is a library for them, which is asked
    /// when one is met. The sizes that it makes nodes for are nobody's line.
    public static Schedule of(List<Expr> inputs, List<Expr> outputs, BooleanSupplier library) {
        return Origin.inherit(null, () -> new Scheduler(inputs, outputs, false, library).schedule());
    }

    /// The programs of this schedule and of those inside it.
    public List<Program> programs() {
        return tasks.stream().flatMap(task -> switch (task) {
            case Task.Run run -> Stream.of(run.program());
            case Task.Repeat repeat -> repeat.loop() != null ? Stream.of(repeat.loop().program()) : repeat.body().programs().stream();
            case Task.Replay replay -> Stream.concat(replay.advance().programs().stream(), replay.reverse().programs().stream());
            case Task.Choose choose -> Stream.concat(choose.then().programs().stream(), choose.otherwise().programs().stream());
            case Task.Eval _, Task.Multiply _, Task.Copy _, Task.Rename _, Task.Verify _ -> Stream.<Program>of();
        }).toList();
    }

    /// Whether the inputs' shapes tell all sizes, so that what is in them matters to none.
    public boolean isSizedByShapes() { return SizedByShapes.isSo(this); }

    /// After each task, the temporary slots that only it and those before it read, under any name.
    public List<int[]> releases() {
        var owners = owners();
        var later = new HashSet<Integer>(inputs);
        later.addAll(outputs);
        for (int k = 0; k < slots.size(); k++) if (slots.get(k).constant() != null) later.add(k);
        var releases = new ArrayList<int[]>();
        for (var task : tasks.reversed()) {
            releases.add(touched(task, owners).stream().filter(later::add).mapToInt(Integer::intValue).toArray());
        }
        return releases.reversed();
    }

    /// By slot, the slot whose array becomes its own: the program that fills it reads that for the last time, and may write over it.
    /// A plan takes another where it does not own that array, or where it would not [pay][InPlace#pays].
    public Map<Integer, Integer> heirs() {
        var heirs = new HashMap<Integer, Integer>();
        var releases = releases();
        var owners = owners();
        for (int k = 0; k < tasks.size(); k++) if (tasks.get(k) instanceof Task.Run run) {
            var arrays = run.in().stream().map(slot -> owners.getOrDefault(slot, slot)).toList();
            var dying = Arrays.stream(releases.get(k)).boxed()
                .filter(one -> run.in().contains(one) && Collections.frequency(arrays, one) == 1).toList();
            if (!dying.isEmpty()) InPlace.of(run.program()).forEach((out, in) -> {
                int slot = run.out().get(out - run.in().size());
                if (dying.contains(run.in().get(in)) && !slots.get(slot).dims().isEmpty()) heirs.put(slot, run.in().get(in));
            });
        }
        return heirs;
    }

    /// By slot that is another's array under other sizes, whose array it is.
    private Map<Integer, Integer> owners() {
        var owners = new HashMap<Integer, Integer>();
        for (var task : tasks) if (task instanceof Task.Rename(int from, int to)) owners.put(to, owners.getOrDefault(from, from));
        return owners;
    }

    private Set<Integer> touched(Task task, Map<Integer, Integer> owners) {
        var touched = new HashSet<>(task.in());
        touched.addAll(task.out());
        for (int slot : task.out()) for (var x : Scalars.inOrder(slots.get(slot).dims()))
            if (x instanceof Scalar.Load(var read, _, _)) touched.add(read);
        for (int slot : List.copyOf(touched)) touched.add(owners.getOrDefault(slot, slot));
        return touched;
    }

    /// One paragraph per task; a program as pseudo-code.
    @Override public String toString() {
        return tasks.stream().map(this::describe).collect(Collectors.joining("\n"));
    }

    private String describe(Task task) {
        return switch (task) {
            case Task.Run run -> run.program().toString();
            case Task.Eval eval -> call(eval, eval.node().op().name()) + "   # eval: " + eval.reason() + "\n";
            case Task.Multiply multiply -> call(multiply, "contract") + "   # " + multiply.product() + "\n";
            case Task.Repeat repeat -> repeat.loop() != null ? repeat.loop().program().toString()
                : call(repeat, "loop") + ":\n" + repeat.body().toString().indent(4);
            case Task.Replay replay -> call(replay, "replay") + ":\n" + replay.advance().toString().indent(4)
                + "back:\n" + replay.reverse().toString().indent(4);
            case Task.Choose choose -> call(choose, "if") + ":\n" + choose.then().toString().indent(4)
                + "else:\n" + choose.otherwise().toString().indent(4);
            case Task.Copy copy -> call(copy, "copy") + "\n";
            case Task.Rename same -> call(same, "same array") + "\n";
            case Task.Verify(var check, _) -> "check " + describe(check) + "\n";
        };
    }

    private static String describe(SizeCheck check) {
        return switch (check) {
            case SizeCheck.Equal(_, var fact, _, _) -> size(fact.a(), fact.axisA()) + " == " + size(fact.b(), fact.axisB());
            case SizeCheck.Count(var node, _, _) -> "count of " + node.arg(0) + " == count of " + node;
            case SizeCheck.Within(var node, var operand, var axis, _, var read) -> size(node.arg(operand), axis) + " >= " + read;
        };
    }

    private static String size(Expr e, int axis) { return "axis " + axis + " of " + e; }

    private String call(Task task, String name) { return names(task.out()) + " = " + name + "(" + names(task.in()) + ")"; }

    private String names(List<Integer> slots) {
        return slots.stream().map(k -> this.slots.get(k).name()).collect(Collectors.joining(", "));
    }
}

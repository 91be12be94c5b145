package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.agnesi.kernel.Product;
import org.agnesi.kernel.Work;

/// What one run of a task does; a branch, or a loop that goes step by step, does nothing but what is inside it.
///
/// @param bySizes whether the sizes of the arrays alone tell it
public record TaskWork(Work work, boolean bySizes) {

    /// @param extents of the schedule's slots
    public static TaskWork of(Task task, Schedule schedule, Extents extents) {
        return switch (task) {
            case Task.Run run -> {
                var count = count(run.where(extents), extents);
                yield new TaskWork(count.work(), count.bySizes());
            }
            case Task.Eval eval -> new TaskWork(new Work(flops(eval, extents), 0, bytes(eval.in(), schedule, extents),
                bytes(eval.out(), schedule, extents)), true);
            case Task.Multiply multiply -> new TaskWork(new Work(flops(multiply, extents), 0, bytes(multiply.in(), schedule, extents),
                bytes(multiply.out(), schedule, extents)), true);
            case Task.Copy copy -> new TaskWork(new Work(0, 0, bytes(copy.in(), schedule, extents),
                bytes(copy.out(), schedule, extents)), true);
            case Task.Repeat repeat when repeat.loop() != null -> {
                var count = count(repeat.loop(), repeat, extents);
                yield new TaskWork(count.work(), count.bySizes());
            }
            case Task.Rename _, Task.Repeat _, Task.Replay _, Task.Choose _, Task.Verify _ -> new TaskWork(Work.NONE, true);
        };
    }

    static ProgramCount count(Task.Run run, Extents extents) { return new ProgramCount(run.program(), extents.of(slots(run))); }

    static ProgramCount count(StepLoop loop, Task.Repeat repeat, Extents extents) {
        return new ProgramCount(loop.program(), loop.extents(repeat, extents));
    }

    /// What the task's buffers or operands are, by number.
    public static List<Integer> slots(Task task) {
        var slots = new ArrayList<>(task.in());
        slots.addAll(task.out());
        return slots;
    }

    private static long flops(Task.Eval eval, Extents extents) {
        var known = eval.flops() == null ? null : extents.of(slots(eval)).value(eval.flops());
        return known == null ? 0 : known.bits();
    }

    /// A multiplication and an addition for each term of each element.
    private static long flops(Task.Multiply multiply, Extents extents) {
        long flops = 2;
        for (int size : sizes(multiply, extents)) flops = Math.multiplyExact(flops, size);
        return flops;
    }

    /// The sizes of a product's labels; one that is not known is 0.
    static List<Integer> sizes(Task.Multiply multiply, Extents extents) {
        return Product.sizes(multiply.product().contract(), dims(multiply, 0, extents), dims(multiply, 1, extents));
    }

    private static List<Integer> dims(Task.Multiply multiply, int operand, Extents extents) {
        return IntStream.range(0, multiply.node().arg(operand).type().rank())
            .mapToObj(axis -> Math.toIntExact(Objects.requireNonNullElse(extents.size(multiply.in().get(operand), axis), 0L))).toList();
    }

    private static long bytes(List<Integer> slots, Schedule schedule, Extents extents) {
        long bytes = 0;
        for (int slot : slots) {
            var dtype = schedule.slots().get(slot).dtype();
            bytes = Math.addExact(bytes, Math.multiplyExact(extents.count(slot, schedule.slots().get(slot).dims().size()), dtype.bytes()));
        }
        return bytes;
    }
}

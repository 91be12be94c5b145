package org.agnesi.compile;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalars;
import org.agnesi.kernel.Storage;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;

/// Whether the shapes of a schedule's inputs tell all its sizes: each is a number, a size, or read from a slot whose value follows from
/// the inputs' lengths alone.
final class SizedByShapes {
    private final Schedule schedule;
    private final Set<Expr> inputs = Collections.newSetFromMap(new IdentityHashMap<>());

    private SizedByShapes(Schedule schedule) {
        this.schedule = schedule;
        for (int slot : schedule.inputs()) inputs.add(schedule.slots().get(slot).value());
    }

    static boolean isSo(Schedule schedule) {
        var one = new SizedByShapes(schedule);
        var own = schedule.slots().stream().flatMap(slot -> slot.dims().stream());
        return Stream.concat(own, schedule.tasks().stream().flatMap(SizedByShapes::sizes)).allMatch(one::follows)
            && schedule.programs().stream().flatMap(SizedByShapes::lengths).noneMatch(SizedByShapes::reads);
    }

    /// The sizes of slots that a task relies on; none where it is no matter.
    private static Stream<Scalar> sizes(Task task) {
        return switch (task) {
            case Task.Verify verify -> verify.check().sizes().stream();
            case Task.Repeat repeat -> repeat.loop() == null ? Stream.of() : sizes(repeat.loop());
            case Task.Run _, Task.Eval _, Task.Multiply _, Task.Replay _, Task.Choose _, Task.Copy _, Task.Rename _ -> Stream.of();
        };
    }

    private static Stream<Scalar> sizes(StepLoop loop) {
        return Stream.of(List.of(loop.steps()), loop.holds(), loop.rows().stream().flatMap(List::stream).toList()).flatMap(List::stream);
    }

    /// The lengths of a program's scratch, over its buffers.
    private static Stream<Scalar> lengths(Program program) {
        return program.buffers().stream().map(Storage::length).filter(Objects::nonNull);
    }

    private static boolean reads(Scalar size) { return Scalars.inOrder(List.of(size)).stream().anyMatch(Load.class::isInstance); }

    private boolean follows(Scalar size) {
        for (var x : Scalars.inOrder(List.of(size))) if (x instanceof Load(var slot, _, _) && !follows(slot)) return false;
        return true;
    }

    private boolean follows(int slot) {
        return Length.tells(List.of(schedule.slots().get(slot).value()), inputs::contains);
    }
}

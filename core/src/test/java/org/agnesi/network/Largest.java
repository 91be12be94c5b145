package org.agnesi.network;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.Compiled;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.agnesi.kernel.Scalar;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;

/// The elements of the largest array that a function computes, loops within it included; sizes must be known.
final class Largest {
    private Largest() {}

    static long of(List<Expr> inputs, Compiled f) {
        return of(Schedule.of(inputs, Pipeline.of(Strictness.DEFAULT).lower(f.graph())));
    }

    private static long of(Schedule schedule) {
        var given = new HashSet<>(schedule.inputs());
        long own = IntStream.range(0, schedule.slots().size())
            .filter(k -> !given.contains(k) && schedule.slots().get(k).constant() == null)
            .mapToLong(k -> schedule.slots().get(k).dims().stream().mapToLong(Largest::size).reduce(1, (a, b) -> a * b)).max().orElse(0);
        return Math.max(own, schedule.tasks().stream().mapToLong(Largest::inside).max().orElse(0));
    }

    private static long inside(Task task) {
        return switch (task) {
            case Task.Repeat repeat -> of(repeat.body());
            case Task.Choose choose -> Math.max(of(choose.then()), of(choose.otherwise()));
            case Task.Run _, Task.Eval _, Task.Multiply _, Task.Copy _, Task.Verify _ -> 0;
        };
    }

    private static long size(Scalar dim) {
        if (dim instanceof Scalar.Const(var _, long bits)) return bits;
        throw new IllegalArgumentException("a known size is needed, but got " + dim);
    }
}

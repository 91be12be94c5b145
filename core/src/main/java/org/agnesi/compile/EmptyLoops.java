package org.agnesi.compile;

import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Seq;

/// Leaves out what loops that are known to make no step would do.
///
/// A position in them may be the same at each step, such as `i % 0`, and would be read before the loop, from an array without elements.
final class EmptyLoops {
    private EmptyLoops() {}

    static Stmt without(Stmt stmt) {
        return switch (stmt) {
            case Seq(var steps) -> Stmt.seq(steps.stream().map(EmptyLoops::without).toList());
            case For(var index, var extent, var body) -> isEmpty(extent) ? Stmt.NOTHING : new For(index, extent, without(body));
            case Fold fold -> without(fold);
            case If(var condition, var then, var otherwise) -> new If(condition, without(then), without(otherwise));
            case Stmt.While _, Stmt.Let _, Stmt.Assign _, Stmt.Store _, Stmt.Accumulate _, Stmt.Check _ -> stmt;
        };
    }

    private static Stmt without(Fold fold) {
        if (fold.loops().stream().noneMatch(loop -> isEmpty(loop.extent())))
            return new Fold(fold.loops(), without(fold.body()), fold.accumulators());
        return new Fold(fold.loops(), Stmt.NOTHING, fold.accumulators().stream()
            .map(a -> new Accumulator(a.local(), a.combine(), a.combine().identity(a.value().dtype()))).toList());
    }

    private static boolean isEmpty(Scalar extent) { return extent instanceof Const(var _, var n) && n == 0; }
}

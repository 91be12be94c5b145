package org.agnesi.emit;

import org.agnesi.kernel.Program;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.Assign;
import org.agnesi.kernel.Stmt.Check;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.If;
import org.agnesi.kernel.Stmt.Let;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Stmt.While;

/// A run for HotSpot to count, not for what it computes: each loop goes on for few of its points, and seven of eight calls of its method
/// are for none. Vectors that are not compiled yet take a thousand times as long.
///
/// It is asked for by a chunk below 0. What a loop leaves over beside whole vectors it has in a taste too. A program of steps
/// has none: each takes what the one before it made, and as many of them are few calls.
final class Taste {
    /// The least points of a loop, and of one with loops inside.
    private static final int POINTS = 32, ROWS = 2;
    /// One call of so many is for points.
    private static final int CALLS = 8;

    private Taste() {}

    /// Whether a program has tastes.
    static boolean isOf(Stmt stmt, Program program) {
        return switch (stmt) {
            case Seq(var steps) -> steps.stream().allMatch(step -> isOf(step, program));
            case If(_, var then, var otherwise) -> isOf(then, program) && isOf(otherwise, program);
            case For loop -> Independence.of(loop, program) != null;
            case While _ -> false;
            case Fold _, Let _, Assign _, Store _, Accumulate _, Check _ -> true;
        };
    }

    /// How far an innermost loop of `n` points goes.
    static int points(int n, int chunk) { return chunk < 0 && n > 2 * POINTS ? POINTS + n % POINTS : n; }

    /// How far one with loops inside does.
    static int rows(int n, int chunk) { return chunk < 0 && n > 2 * ROWS ? ROWS + n % ROWS : n; }

    /// Where the points of a loop's call end.
    ///
    /// @param call the number of the call
    static int end(int next, int to, int step, int chunk, int call) {
        return chunk < 0 && call % CALLS != CALLS - 1 ? next : next + Math.min(step, to - next);
    }

    /// Where the vectors of such a call begin: the last one ends where the points do.
    static int begin(int next, int end, int last) { return next == end ? next : Math.min(next, last); }
}

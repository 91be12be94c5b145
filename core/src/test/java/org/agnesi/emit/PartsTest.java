package org.agnesi.emit;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Outermost loops are called for few points at a time, so that HotSpot may stop the thread between calls, whatever it does with loops.
class PartsTest {
    private static final int CHUNK = 4096;

    /// How many indices each call is for, over one input of this shape and one output of so many elements.
    private static List<Integer> steps(Expr x, Expr y, int size, int... dims) {
        var program = Schedule.of(List.of(x), Pipeline.of(Strictness.STRICT).lower(List.of(y))).programs().getFirst();
        int elements = 1;
        for (int d : dims) elements *= d;
        int[] out = y.type().rank() == 0 ? new int[0] : y.type().rank() == 1 ? new int[] {size} : dims;
        var steps = new ArrayList<Integer>();
        for (boolean simd : new boolean[] {false, true}) {
            var emitted = Objects.requireNonNull(Emitter.emit(program, simd));
            var lanes = emitted.lanes();
            lanes.team((code, loop, arrays, shapes, own, n, step, chunk) -> {
                steps.add(step);
                Team.ALONE.run(code, loop, arrays, shapes, own, n, step, chunk);
            });
            emitted.code().run(new Object[] {new double[elements], new double[size]}, new int[][] {dims, out}, lanes, CHUNK);
        }
        return steps;
    }

    @Test void aLoopOverPoints() {
        var v = dvector("v");
        assertThat(steps(v, exp(v), 100_000, 100_000)).containsExactly(CHUNK, CHUNK);
    }

    @Test void aLoopOverRowsIsCalledForFewerOfThem() {
        var x = dmatrix("x");
        assertThat(steps(x, sum(x, 1), 1000, 1000, 50)).containsExactly(CHUNK / 128, CHUNK / 128);
    }

    /// Each of them 32,768 points.
    @Test void aSumIsCalledBlockByBlock() {
        var v = dvector("v");
        assertThat(steps(v, sum(exp(v)), 1, 100_000)).containsExactly(1, 1);
    }
}

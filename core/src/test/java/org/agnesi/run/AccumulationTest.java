package org.agnesi.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.emit.Emitter;
import org.agnesi.emit.Simd;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Size;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulate;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Storage;
import org.junit.jupiter.api.Test;

/// Loops that add to what is there, as those over a row that is scattered.
class AccumulationTest {
    private static final Load X = new Load(0, DType.FLOAT64, Kernels.I);
    private static final Scalar NEXT = Scalar.add(Kernels.I, Scalar.constant(1L));

    private static Program program(Stmt... body) {
        return new Program(List.of(Storage.input("x", DType.FLOAT64, 1), Storage.output("y", DType.FLOAT64, 1)),
            new For(Kernels.I, new Size(0, 0), Stmt.seq(List.of(body))));
    }

    private static Stmt into(Scalar place, Combine combine, Scalar value) { return new Accumulate(1, place, combine, value); }

    private static Load y(Scalar place) { return new Load(1, DType.FLOAT64, place); }

    @Test void elementsThatLieTogetherAreAddedToByVectors() {
        for (var combine : List.of(Combine.ADD, Combine.MUL, Combine.MAX)) isSame(program(into(NEXT, combine, X)), true);
        isSame(program(into(NEXT, Combine.ADD, Scalar.mul(X, y(NEXT)))), true);
        isSame(program(into(Kernels.I, Combine.ADD, Scalar.exp(y(Kernels.I)))), true);
    }

    @Test void elementsThatAnotherPointAddsToAreNot() {
        isSame(program(into(Kernels.I, Combine.ADD, X), into(NEXT, Combine.ADD, Scalar.mul(X, X))), false);
        isSame(program(into(Kernels.I, Combine.ADD, Scalar.mul(X, y(NEXT)))), false);
        isSame(program(into(NEXT, Combine.ADD, Scalar.mul(X, y(Kernels.I)))), false);
        isSame(program(into(Scalar.floorDiv(Kernels.I, Scalar.constant(2L)), Combine.ADD, X)), false);
    }

    private static void isSame(Program program, boolean vectors) {
        for (int n : new int[] {0, 1, 7, 8, 9, 203}) for (var backend : List.of(Backend.SCALAR, Backend.SIMD))
            assertThat(run(program, backend, n)).containsExactly(run(program, Backend.POINTS, n));
        assumeThat(Simd.width()).isPositive();
        assertThat(Objects.requireNonNull(Emitter.emit(program, true)).vectors()).isEqualTo(vectors);
    }

    private static double[] run(Program program, Backend backend, int n) {
        var arrays = new double[2][n + 1];
        for (int k = 0; k <= n; k++) {
            arrays[0][k] = Math.sin(k);
            arrays[1][k] = Math.cos(k);
        }
        new Kernel(program, backend).run(arrays, new int[][] {{n}, {n + 1}});
        return arrays[1];
    }
}

package org.agnesi.emit;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fmatrix;
import static org.agnesi.Tensors.fvector;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Combine;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.Scalar.Load;
import org.agnesi.kernel.Scalar.Local;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Accumulator;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Loop;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.kernel.Stmt.Store;
import org.agnesi.kernel.Storage;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTogetherTest {
    private final Expr x = fmatrix("x");
    private final Expr v = fvector("v");
    private final Expr wide = dmatrix("wide");
    private final Expr u = dvector("u");

    @Test void foldsOfFewVectorsAre() {
        assumeTrue(Simd.width() == 512, "a row of float32 has two vectors of accumulators");
        assertThat(together(dot(x, v))).isTrue();
        assertThat(together(tanh(dot(x, v).plus(v)))).isTrue();
        assertThat(together(sum(sqr(x.minus(v)), 1))).isTrue();
    }

    @Test void noOtherFoldsAre() {
        assertThat(together(dot(wide, u))).as("four vectors").isFalse();
        assertThat(together(sum(sqr(x), 1))).as("nothing in common").isFalse();
        assertThat(together(sum(exp(x.minus(v)), 1))).as("not light").isFalse();
        assertThat(together(max(x.minus(v), 1))).as("more accumulators of its own").isFalse();
        assertThat(together(softmax(x, 1))).as("several folds").isFalse();
    }

    /// `for i: t = Σ x[i * n + j] * v[j]; out[i * n] = t`, where `out` is x, or another array.
    @Test void rowsThatMightReadWhatOthersStoreAreNot() {
        assumeTrue(Simd.width() == 512, "a row of float32 has two vectors of accumulators");
        assertThat(storingTo(0)).as("x").isFalse();
        assertThat(storingTo(2)).as("another").isTrue();
    }

    private static boolean storingTo(int out) {
        Local i = new Local(0, DType.INT64), j = new Local(1, DType.INT64), t = new Local(2, DType.FLOAT32);
        Scalar n = Const.of(100L), row = Scalar.mul(i, n);
        var term = Scalar.mul(new Load(0, DType.FLOAT32, Scalar.add(row, j)), new Load(1, DType.FLOAT32, j));
        var fold = new Fold(List.of(new Loop(j, n)), Stmt.NOTHING, List.of(new Accumulator(t, Combine.ADD, term)));
        var loop = new For(i, Const.of(8L), new Seq(List.of(fold, new Store(out, row, t))));
        var buffers = List.of(Storage.output("x", DType.FLOAT32, 2), Storage.output("v", DType.FLOAT32, 1),
            Storage.output("y", DType.FLOAT32, 2));
        return new Emitter(new Program(buffers, loop), true, false).together(loop).isPresent();
    }

    @ParameterizedTest @ValueSource(ints = {0, 1, 4, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 100, 300, 33_000})
    void haveTheBitsOfRowsAlone(int n) {
        var random = new Random(n);
        for (int m : new int[] {1, 3, 4, 5, 8, 11}) {
            var rows = array(random, m, n);
            var one = array(random, n);
            var results = List.of(dot(x, v), sum(sqr(x), 1).times(2), sum(x.plus(v), 1));
            var expected = Plan.of(List.of(x, v), results, Backend.POINTS).call(List.of(rows, one));
            for (var backend : Backend.ALL)
                assertThat(Plan.of(List.of(x, v), results, backend).call(List.of(rows, one))).as("%d %s", m, backend).isEqualTo(expected);
        }
    }

    private static NDArray array(Random random, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT32, Shape.of(dims), _ -> random.nextGaussian());
    }

    private boolean together(Expr y) {
        return Plan.of(List.of(x, v, wide, u), List.of(y), Backend.POINTS).schedule().programs().stream().anyMatch(program -> {
            var steps = program.body() instanceof Seq(var all) ? all : List.of(program.body());
            return steps.stream().anyMatch(step -> step instanceof For loop && new Emitter(program, true, false).together(loop).isPresent());
        });
    }
}

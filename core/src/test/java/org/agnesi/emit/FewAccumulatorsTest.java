package org.agnesi.emit;

import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.erf;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.fmatrix;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Stmt;
import org.agnesi.kernel.Stmt.Fold;
import org.agnesi.kernel.Stmt.For;
import org.agnesi.kernel.Stmt.Seq;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewAccumulatorsTest {
    private final Expr x = fmatrix("x");
    private final Expr wide = dmatrix("wide");

    @Test void areVariablesOfAFunctionsFold() {
        assumeTrue(Simd.width() == 512, "a row of float32 has two vectors of accumulators");
        assertThat(few(sum(exp(x), 1))).containsExactly(true);
        assertThat(few(sum(tanh(x), 1))).containsExactly(true);
        assertThat(few(sum(exp(wide), 1))).as("four vectors").containsExactly(false);
        assertThat(few(sum(erf(x), 1))).as("too long").containsExactly(false);
    }

    /// The first pass over an array of any length, and again where the code is compiled.
    @ParameterizedTest @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100, 300, 2_100, 33_000})
    void haveTheBitsOfAccumulatorsInMemory(int n) {
        var random = new Random(n);
        var rows = NDArray.generateDoubles(DType.FLOAT32, Shape.of(3, n), _ -> 20 * random.nextGaussian());
        var results = List.of(sum(exp(x), 1), sum(tanh(x), 1), sum(tanh(x.times(x)).times(x), 1), softmax(x, 1), sum(log(add(2, exp(x)))));
        var expected = Plan.of(List.of(x), results, Backend.POINTS).call(List.of(rows));
        for (var backend : Backend.ALL) {
            var plan = Plan.of(List.of(x), results, backend);
            for (int again = 0; again < 3; again++) assertThat(plan.call(List.of(rows))).as("%s", backend).isEqualTo(expected);
        }
    }

    private List<Boolean> few(Expr y) {
        return Plan.of(List.of(x, wide), List.of(y), Backend.POINTS).schedule().programs().stream()
            .flatMap(program -> folds(program.body()).map(fold -> isFew(program, fold))).toList();
    }

    private static Stream<Fold> folds(Stmt stmt) {
        return switch (stmt) {
            case Fold fold -> Stream.of(fold);
            case For loop -> folds(loop.body());
            case Seq(var steps) -> steps.stream().flatMap(FewAccumulatorsTest::folds);
            case Stmt _ -> Stream.of();
        };
    }

    private static boolean isFew(Program program, Fold fold) {
        var body = new Emitter(program, true, false).vectors(fold.loops().getFirst().index(), fold.body(), fold.accumulators());
        return body != null && FewAccumulators.areIn(body);
    }
}

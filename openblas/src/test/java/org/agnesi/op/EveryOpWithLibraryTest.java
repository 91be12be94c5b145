package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.kernel.Blas;
import org.agnesi.kernel.Lowering;
import org.agnesi.openblas.Counted;
import org.agnesi.openblas.Here;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample with a product or a decomposition, and its gradient, gives by the library what the ops' own `eval`s give.
class EveryOpWithLibraryTest {
    private static Blas blas;

    @BeforeAll static void open() { blas = Here.blas(); }

    static Stream<Arguments> cases() {
        return Samples.all().filter(sample -> !sample.except().contains(Sample.Except.BATCH) && isForLibrary(sample))
            .flatMap(sample -> sample.dtypes().stream().filter(DType::isFloating).map(dtype -> arguments(sample, dtype)));
    }

    private static boolean isForLibrary(Sample sample) {
        return Graph.hasOp(roots(Trial.of(sample, DType.FLOAT64, 1)), op -> op instanceof Contract) || isDecomposition(sample);
    }

    private static boolean isDecomposition(Sample sample) {
        return Graph.inOrder(sample.formula().apply(sample.variables(DType.FLOAT64, false))).stream()
            .anyMatch(node -> node.lowering() instanceof Lowering.Library);
    }

    @ParameterizedTest(name = "{0} in {1}") @MethodSource("cases")
    void libraryAgreesWithOps(Sample sample, DType dtype) {
        var calls = new AtomicInteger();
        for (long seed = 1; seed <= 2; seed++) {
            var trial = Trial.of(sample, dtype, sample.label().hashCode() + seed);
            var roots = roots(trial);
            var schedule = Schedule.of(trial.xs(), Pipeline.of(Strictness.STRICT).lower(roots), () -> true);
            var plan = new Plan(schedule, Backend.SIMD.with(() -> new Counted(blas, calls)));
            var expected = trial.eval(roots, trial.at());
            for (int call = 0; call < 2; call++) {
                var got = plan.call(trial.at());
                for (int k = 0; k < got.size(); k++) ValueLaws.assertSame(trial + "\n" + plan.kernels(), got.get(k), expected.get(k));
            }
        }
        if (isDecomposition(sample) && !sample.label().equals("solve of nothing")) assertThat(calls).hasPositiveValue();
    }

    private static List<Expr> roots(Trial trial) {
        var roots = new ArrayList<>(trial.ys());
        if (Law.TRANSPOSE.applies(trial.sample(), trial.dtype())) roots.addAll(DerivativeLaws.gradients(trial));
        return roots;
    }
}

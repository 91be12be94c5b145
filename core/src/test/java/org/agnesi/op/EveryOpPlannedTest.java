package org.agnesi.op;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.run.Workers;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample, fused into programs, gives what the ops' own `eval`s give; alone and with all it is made of. As scalar code, by a loop
/// evaluator, and as vectors: on two threads where sizes are known.
class EveryOpPlannedTest {
    private static final List<Backend> UNKNOWN = List.of(Backend.SCALAR, Backend.POINTS, Backend.SIMD);
    private static final List<Backend> KNOWN = List.of(Backend.SCALAR, Backend.BLOCKS, Backend.parallel(new Workers(2, 0)));

    static Stream<Arguments> cases() {
        return Samples.all().filter(sample -> !sample.except().contains(Sample.Except.BATCH) || sample.label().startsWith("until"))
            .flatMap(sample -> sample.dtypes().stream().map(dtype -> arguments(sample, dtype)));
    }

    @ParameterizedTest(name = "{0} in {1}") @MethodSource("cases")
    void plansAgreeWithOps(Sample sample, DType dtype) {
        for (boolean known : List.of(false, true)) {
            if (known && sample.except().contains(Sample.Except.KNOWN_SHAPE)) continue;
            var trial = Trial.of(sample, dtype, dtype, sample.label().hashCode(), known);
            var backends = known ? KNOWN : UNKNOWN;
            check(trial, trial.ys(), backends);
            check(trial, parts(trial), backends);
            if (dtype.isFloating() && !sample.except().contains(Sample.Except.DERIVATIVE)) check(trial, gradients(trial), backends);
        }
    }

    /// All results of all nodes, so that nothing may be left out.
    private static List<Expr> parts(Trial trial) {
        var parts = new ArrayList<Expr>();
        for (var node : Graph.inOrder(trial.ys())) parts.addAll(node.results());
        return parts;
    }

    /// The pull of ones, with the results it is made from.
    private static List<Expr> gradients(Trial trial) {
        var ys = trial.ys().stream().filter(y -> y.type().dtype().isFloating()).toList();
        var xs = trial.differentiated().stream().map(trial.xs()::get).toList();
        var ones = ys.stream().map(y -> Fill.fill(y, Constant.of(1, y.type().dtype()))).toList();
        var all = new ArrayList<>(ys);
        for (var g : Pull.pull(ys, ones, xs)) if (g != null) all.add(g);
        return all;
    }

    private static void check(Trial trial, List<Expr> ys, List<Backend> backends) {
        var expected = trial.eval(ys, trial.at());
        for (var backend : backends) {
            var plan = Plan.of(trial.xs(), ys, backend);
            for (int call = 0; call < 2; call++) {
                var got = plan.call(trial.at());
                for (int k = 0; k < ys.size(); k++)
                    ValueLaws.assertSame(trial + "\n" + ys.get(k) + "\n" + backend + " " + plan.kernels(), got.get(k), expected.get(k));
            }
        }
    }
}

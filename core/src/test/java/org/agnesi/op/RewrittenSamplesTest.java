package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.derive.CompressedJacobian;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Pull;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample of every op, and its gradient, keeps its value through all rewrites, with sizes known and unknown.
class RewrittenSamplesTest {
    private static final Set<String> SOLVED = Set.of("root", "minimize", "fixedPoint");

    static Stream<Arguments> cases() {
        return Samples.all().flatMap(sample -> sample.dtypes().stream().flatMap(dtype ->
            Stream.of(false, true).filter(known -> !known || Law.KNOWN_SHAPE.applies(sample, dtype)).map(known -> arguments(sample, dtype, known))));
    }

    @ParameterizedTest(name = "{0} in {1}, sizes known: {2}") @MethodSource("cases")
    void keepsItsValue(Sample sample, DType dtype, boolean known) {
        var trial = Trial.of(sample, dtype, dtype, sample.label().hashCode() + 1, known);
        var roots = new ArrayList<>(trial.ys());
        if (Law.TRANSPOSE.applies(sample, dtype)) roots.addAll(gradients(trial));
        var rewritten = Pipeline.of(Strictness.DEFAULT).rewrite(roots);
        var before = trial.eval(roots, trial.at());
        var after = trial.eval(rewritten.roots(), trial.at());
        for (int i = 0; i < roots.size(); i++) {
            var what = roots.get(i) + " became " + rewritten.roots().get(i) + "\n" + rewritten.explanation();
            assertThat(rewritten.roots().get(i).type().refines(roots.get(i).type())).as(what).isTrue();
            close(before.get(i), after.get(i), what);
        }
    }

    @ParameterizedTest(name = "{0} in {1}, sizes known: {2}") @MethodSource("cases")
    void keepsItsBitsWhereStrict(Sample sample, DType dtype, boolean known) {
        var trial = Trial.of(sample, dtype, dtype, sample.label().hashCode() + 1, known);
        var roots = new ArrayList<>(trial.ys());
        if (Law.TRANSPOSE.applies(sample, dtype)) roots.addAll(gradients(trial));
        var rewritten = Pipeline.of(Strictness.STRICT).rewrite(roots);
        var before = trial.eval(roots, trial.at());
        var after = trial.eval(rewritten.roots(), trial.at());
        if (addsInAnotherOrder(roots)) {
            for (int i = 0; i < roots.size(); i++) close(before.get(i), after.get(i), roots.get(i) + " became " + rewritten.roots().get(i));
            return;
        }
        for (int i = 0; i < roots.size(); i++)
            for (int k = 0; k < before.get(i).size(); k++) {
                double x = before.get(i).doubleAt(k), y = after.get(i).doubleAt(k);
                assertThat(x == y || Double.compare(x, y) == 0)
                    .as(roots.get(i) + " became " + rewritten.roots().get(i) + "\n" + x + " became " + y + "\n" + rewritten.explanation()).isTrue();
            }
    }

    /// Whether a Jacobian's eval, row by row, is that of sweeps in another direction: in a compressed one, or in what solvers solve.
    private static boolean addsInAnotherOrder(List<Expr> roots) {
        return Graph.hasOp(roots, op -> op instanceof CompressedJacobian || SOLVED.contains(op.name()));
    }

    /// Gradients of the sum of all results.
    private static List<Expr> gradients(Trial trial) {
        var ys = trial.ys().stream().filter(y -> y.type().dtype().isFloating()).map(y -> Sum.sum(Mul.mul(y, y), Axes.ALL)).toList();
        var gs = ys.stream().map(y -> Constant.of(1, y.type().dtype())).toList();
        var xs = trial.differentiated().stream().map(trial.xs()::get).toList();
        return Pull.pull(ys, gs, xs).stream().filter(g -> g != null).toList();
    }

    private static void close(NDArray a, NDArray b, String what) {
        assertThat(b.dtype()).as(what).isEqualTo(a.dtype());
        assertThat(b.shape()).as(what).isEqualTo(a.shape());
        double eps = a.dtype() == DType.FLOAT32 ? 1e-3 : 1e-8;
        for (int i = 0; i < a.size(); i++) {
            double x = a.doubleAt(i), y = b.doubleAt(i);
            if (Double.isFinite(x)) assertThat(Math.abs(x - y) <= eps * (1 + Math.abs(x))).as(what + "\n" + x + " became " + y).isTrue();
        }
    }
}

package org.agnesi.run;

import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.var;
import static org.agnesi.derive.Gradient.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.compile.Task;
import org.agnesi.error.ShapeError;
import org.agnesi.rewrite.Strictness;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops over steps have programs of their own for axes of their steps that turn out to be short, with the bits of the one for all lengths.
class ShortStepsTest {
    /// What a step makes of a matrix and its state, another one.
    private static final Map<String, BinaryOperator<Expr>> STEPS = Map.of(
        "softmax", (x, s) -> softmax(add(x, s), 1),
        "standardized rows", (x, s) -> div(sub(x, mean(s, axes(1).keep())), sqrt(add(var(s, axes(1).keep()), 1))),
        "log-sum-exp down columns", (x, s) -> sub(add(x, s), logsumexp(s, axes(0).keep())),
        "sums of rows and of columns", (x, s) -> tanh(add(add(x, sum(s, axes(1).keep())), sum(s, axes(0).keep()))));

    private static Schedule schedule(List<Expr> in, List<Expr> out) { return Schedule.of(in, Pipeline.of(Strictness.STRICT).lower(out)); }

    private static NDArray random(DType dtype, int... dims) {
        var random = new Random(dims[0] * 1000L + dims[dims.length - 1]);
        return NDArray.generateDoubles(dtype, Shape.of(dims), k -> k % 17 == 3 ? -0.0 : random.nextGaussian());
    }

    private static Expr last(BinaryOperator<Expr> step, Expr x, Expr s0) { return scan(x, s0, step).get(-1); }

    @ParameterizedTest @EnumSource(names = {"FLOAT32", "FLOAT64"}) void theBitsAreThoseOfAnyLength(DType dtype) {
        STEPS.forEach((name, step) -> {
            Expr x = tensor("x", dtype, -1, -1, -1), s0 = tensor("s0", dtype, -1, -1);
            var any = schedule(List.of(x, s0), List.of(last(step, x, s0)));
            for (int[] at : new int[][] {{1, 16, 1}, {5, 16, 3}, {5, 17, 20}, {4, 20, 20}, {4, 70, 9}, {3, 40, 33}, {3, 0, 4}}) {
                var in = List.of(random(dtype, at), random(dtype, at[1], at[2]));
                var reference = new Plan(any, Backend.POINTS).call(in);
                for (var backend : Backend.ALL) {
                    var ready = new Plan(any, backend).ready(List.of(NDArray.zeros(dtype, Shape.of(at[1], at[2]))), in);
                    if (ready != null) assertThat(ready.run()).as("%s %s", name, in.getFirst().shape()).isEqualTo(reference);
                }
            }
        });
    }

    private static List<String> programs(Schedule schedule, NDArray... in) {
        var watched = new Watched();
        var plan = new Plan(schedule, watched);
        for (int call = 0; call < 2; call++) plan.call(List.of(in));
        return watched.programs;
    }

    @Test void callsOfEnoughPointsHaveOneOfTheirOwn() {
        Expr x = tensor("x", DType.FLOAT64, -1, -1, -1), s0 = dmatrix("s0");
        var any = schedule(List.of(x, s0), List.of(last(STEPS.get("softmax"), x, s0)));
        NDArray few = random(DType.FLOAT64, 3, 40, 12), many = random(DType.FLOAT64, 400, 40, 12), wide = random(DType.FLOAT64, 40, 40, 500);
        var s = random(DType.FLOAT64, 40, 12);
        assertThat(programs(any, few, s)).noneMatch(program -> program.contains("float64[480]"));
        assertThat(programs(any, many, s)).filteredOn(program -> program.contains("scratch turned: float64[480]")).hasSize(1);
        assertThat(programs(any, wide, random(DType.FLOAT64, 40, 500))).noneMatch(program -> program.contains("turned"));
    }

    @Test void loopsOfOtherLengthsFollow() {
        Expr x = tensor("x", DType.FLOAT64, -1, -1, -1), s0 = dmatrix("s0");
        var plan = new Plan(schedule(List.of(x, s0), List.of(last(STEPS.get("softmax"), x, s0))), Backend.BLOCKS);
        for (int length : new int[] {3, 12, 3, 5, 7, 8, 12, 70}) {
            var in = List.of(random(DType.FLOAT64, 300, 64, length), random(DType.FLOAT64, 64, length));
            var any = schedule(List.of(x, s0), List.of(last(STEPS.get("softmax"), x, s0)));
            assertThat(any.tasks().stream().filter(Task.Repeat.class::isInstance)).hasSize(1);
            assertThat(plan.call(in)).isEqualTo(new Plan(any, Backend.SCALAR).call(in));
        }
    }

    @Test void gradientsToo() {
        Expr A = dmatrix("A"), b = dmatrix("b"), s0 = dvector("s0");
        var end = scan(b, s0, (row, s) -> add(logsumexp(add(s.dimshuffle(0, "x"), A), 0), row)).get(-1);
        var out = new ArrayList<Expr>(List.of(end));
        out.addAll(grad(logsumexp(end), List.of(A, s0)));
        var any = schedule(List.of(A, b, s0), out);
        var in = List.of(random(DType.FLOAT64, 20, 20), random(DType.FLOAT64, 600, 20), random(DType.FLOAT64, 20));
        assertThat(programs(any, in.toArray(NDArray[]::new))).filteredOn(program -> program.contains("scratch turned: float64[400]")).hasSize(2);
        var fewSteps = List.of(in.get(0), random(DType.FLOAT64, 2, 20), in.get(2));
        var known = new Plan(any, Backend.BLOCKS);
        known.call(in);   // enough points
        assertThat(known.call(fewSteps)).isEqualTo(new Plan(any, Backend.POINTS).call(fewSteps));
    }

    /// One call makes the program, the next has other sizes.
    @Test void sizesThatDoNotFitAreTheErrorsTheyWere() {
        Expr x = tensor("x", DType.FLOAT64, -1, -1, -1), s0 = dmatrix("s0");
        var plan = new Plan(schedule(List.of(x, s0), List.of(last(STEPS.get("softmax"), x, s0))), Backend.BLOCKS);
        plan.call(List.of(random(DType.FLOAT64, 400, 40, 12), random(DType.FLOAT64, 40, 12)));
        assertThatThrownBy(() -> plan.call(List.of(random(DType.FLOAT64, 400, 40, 12), random(DType.FLOAT64, 40, 11))))
            .isInstanceOf(ShapeError.class);
    }

    @Test void whatIsNoFoldHasNone() {
        Expr x = dmatrix("x"), s0 = dvector("s0");
        var repeat = schedule(List.of(x, s0), List.of(scan(x, s0, (row, s) -> tanh(add(row, s))).get(-1))).tasks().stream()
            .filter(Task.Repeat.class::isInstance).map(Task.Repeat.class::cast).findFirst().orElseThrow();
        assertThat(repeat.shorter()).isNull();
    }
}

package org.agnesi.compile;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.lvector;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.agnesi.Agnesi;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Loops over steps that branch: one program, of which a step runs the side that is taken.
class BranchesInStepsTest {
    private final Expr W = dmatrix("W");
    private final Expr x = dmatrix("x");
    private final Expr h0 = dvector("h0");
    private final List<Expr> in = List.of(W, x, h0);

    private static NDArray numbers(int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), i -> Math.sin(i * i + 1) / 2);
    }

    private static Schedule schedule(List<Expr> in, List<Expr> out) {
        var pipeline = Pipeline.of(Strictness.DEFAULT);
        return Schedule.of(in, pipeline.lower(pipeline.rewrite(out).roots()));
    }

    private static boolean isProgram(Schedule schedule) {
        var loops = schedule.tasks().stream().filter(Task.Repeat.class::isInstance).map(Task.Repeat.class::cast).toList();
        return !loops.isEmpty() && loops.stream().allMatch(repeat -> repeat.loop() != null);
    }

    /// The schedule, which gives the same bits on every backend, and those numbers that the definition gives.
    private static Schedule agrees(List<Expr> in, List<Expr> out, NDArray... arrays) {
        var schedule = schedule(in, out);
        var points = new Plan(schedule, Backend.POINTS).call(List.of(arrays));
        for (var backend : Backend.ALL) for (int call = 0; call < 2; call++)
            assertThat(new Plan(schedule, backend).call(List.of(arrays))).as(backend.toString()).isEqualTo(points);
        var expected = Agnesi.function().inputs(in).outputs(out).mode(Mode.REFERENCE).compile().callAll((Object[]) arrays);
        for (int k = 0; k < out.size(); k++) {
            assertThat(points.get(k).shape()).isEqualTo(expected.get(k).shape());
            for (int i = 0; i < points.get(k).size(); i++)
                assertThat(points.get(k).doubleAt(i)).isCloseTo(expected.get(k).doubleAt(i), offset(1e-12));
        }
        return schedule;
    }

    private Expr gated() {
        return scan(x, h0, (row, h) -> ifElse(row.get(0).gt(0), tanh(dot(W, h).plus(row)), h.times(0.5)));
    }

    @Test void aBranchIsPartOfTheProgram() {
        for (int n : new int[] {0, 1, 7, 30}) for (int units : new int[] {1, 3, 9})
            assertThat(isProgram(agrees(in, List.of(gated()), numbers(units, units), numbers(n, units), numbers(units)))).isTrue();
    }

    @Test void onlyTheSideTakenIsComputed() {
        assertThat(function(in, gated()).kernels()).containsSubsequence("if ", "tanh(", "else:");
    }

    @Test void gradientsBranchToo() {
        var cost = sum(gated().pow(2));
        for (int units : new int[] {1, 3, 9}) {
            var schedule = agrees(in, List.of(cost, grad(cost, W), grad(cost, x), grad(cost, h0)), numbers(units, units), numbers(12, units),
                numbers(units));
            assertThat(isProgram(schedule)).isTrue();
        }
    }

    @Test void gradientsAreThoseOfTheSidesTaken() {
        var cost = sum(gated().pow(2));
        var f = function(in, cost);
        var gradient = function(in, grad(cost, h0)).call(numbers(3, 3), numbers(8, 3), numbers(3)).toDoubleArray();
        for (int i = 0; i < 3; i++) {
            var up = numbers(3).toDoubleArray();
            var down = numbers(3).toDoubleArray();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = (f.call(numbers(3, 3), numbers(8, 3), up).toDouble() - f.call(numbers(3, 3), numbers(8, 3), down).toDouble()) / 2e-6;
            assertThat(gradient[i]).isCloseTo(slope, offset(1e-8));
        }
    }

    @Test void statesOfUnknownSizesAreChosenBetween() {
        var either = scan(x, h0, (row, h) -> ifElse(row.get(0).gt(0), row, h));
        assertThat(isProgram(agrees(in, List.of(either), numbers(1, 1), numbers(9, 4), numbers(4)))).isTrue();
    }

    @Test void branchesInsideBranches() {
        var states = scan(x, h0, (row, h) -> ifElse(row.get(0).gt(0),
            ifElse(row.get(1).gt(0), tanh(dot(W, h)), sin(h).plus(row)), exp(h.minus(1)).times(sum(row))));
        var cost = sum(states);
        var schedule = agrees(in, List.of(states, grad(cost, W), grad(cost, x)), numbers(3, 3), numbers(20, 3), numbers(3));
        assertThat(isProgram(schedule)).isTrue();
    }

    @Test void severalResultsOfOneConditionAreOneBranch() {
        var loop = scan();
        var row = loop.over(x);
        var a = loop.state(h0);
        var b = loop.state(h0.times(2));
        var c = row.get(0).gt(0);
        var next = tanh(dot(W, a.previous()).plus(b.previous()));
        a.next(ifElse(c, next, a.previous()));
        b.next(ifElse(c, next.times(2), sin(b.previous())));
        assertThat(isProgram(agrees(in, List.of(a.all(), b.all()), numbers(3, 3), numbers(9, 3), numbers(3)))).isTrue();
    }

    @Test void whatIsCheapIsChosenWithoutABranch() {
        var s = dscalar("s");
        var v = dvector("v");
        var tent = scan(v, s, (e, y) -> ifElse(y.lt(0.5), y.times(2), y.times(-2).plus(2)).plus(e));
        var schedule = agrees(List.of(v, s), List.of(tent), numbers(30), NDArray.of(0.3));
        assertThat(schedule.toString()).contains("where(").doesNotContain("if ");
    }

    @Test void logarithmsOfTheSideNotTakenAreNotMade() {
        var v = dvector("v");
        var s = dscalar("s");
        var states = scan(v, s, (e, y) -> ifElse(e.gt(0), y.plus(log(e)), y.minus(sqrt(e.neg()))));
        var schedule = agrees(List.of(v, s), List.of(states, grad(sum(states), v)), numbers(30), NDArray.of(0.3));
        assertThat(isProgram(schedule)).isTrue();
        assertThat(schedule.toString()).contains("if ");
    }

    @Test void positionsAreLookedUpOnlyWhereTheyAreWanted() {
        var at = lvector("at");
        var v = dvector("v");
        var states = scan(at, v, (i, h) -> ifElse(i.lt(3), tanh(h.plus(h.get(i))), h));
        agrees(List.of(at, v), List.of(states), NDArray.of(new long[] {0, 7, 2, 5, 1}), numbers(3));
    }

    @Test void sidesOfOtherSizesGoStepByStep() {
        var s = dscalar("s");
        var sums = scan(x, s, (row, t) -> t.plus(sum(ifElse(row.get(0).gt(0), exp(row.get(range(0, 2))), sin(row)))));
        agrees(List.of(x, s), List.of(sums), numbers(9, 3), NDArray.of(0.5));
    }

    @Test void aLoopMayEndByWhatABranchGives() {
        var loop = scan();
        var row = loop.over(x);
        var h = loop.state(h0);
        h.next(ifElse(row.get(0).gt(0), exp(h.previous()), h.previous().plus(1)));
        loop.until(sum(h.previous()).gt(4));
        assertThat(isProgram(agrees(in, List.of(h.all(), loop.steps()), numbers(1, 1), numbers(9, 3), numbers(3)))).isTrue();
    }
}

package org.agnesi.emit;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.api.Test;

/// HotSpot compiles no method of more than 8,000 bytes: formulas of thousands of numbers must become many methods.
class LongCodeTest {
    private final Expr x = dscalar("x");
    private final Expr y = dscalar("y");

    /// Each step takes two of the twenty before it, and all come together in the end; none leaves [−1, 1].
    private static Expr formula(Expr x, Expr y, int steps) {
        var random = new Random(1);
        var pool = new ArrayList<>(List.of(x, y));
        for (int k = 0; k < steps; k++) {
            var p = pool.get(Math.max(0, pool.size() - 1 - random.nextInt(20)));
            var q = pool.get(Math.max(0, pool.size() - 1 - random.nextInt(20)));
            pool.add(switch (k % 4) {
                case 0 -> p.times(0.4).plus(q.times(0.5)).plus(y.times(0.1));
                case 1 -> p.times(q);
                case 2 -> p.div(sqr(q).plus(1));
                default -> sqr(p).neg().plus(q).times(0.5);
            });
        }
        return pool.subList(steps - 18, steps + 2).stream().reduce(Expr::plus).orElseThrow().div(20);
    }

    @Test void aFormulaOfTenThousandNumbers() {
        var value = formula(x, y, 5_000);
        var roots = List.of(value, grad(value, x));
        assertThat(Graph.inOrder(roots).size()).isGreaterThan(10_000);
        check(List.of(x, y), roots, List.of(NDArray.of(0.3), NDArray.of(-0.6)), 8);
    }

    @Test void aLoopWhoseStepIsOfThousandsOfNumbers() {
        var us = dvector("us");
        var states = scan(us, y, (u, s) -> formula(u, s, 2_000));
        check(List.of(us, y), List.of(states), List.of(NDArray.of(new double[] {0.1, -0.7, 0.5}), NDArray.of(0.2)), 1);
    }

    /// The steps back read hundreds of values that the steps forward have made.
    @Test void theGradientThroughALoopWhoseStepIsOfThousandsOfNumbers() {
        var us = dvector("us");
        var cost = sum(scan(us, y, (u, s) -> formula(u, s, 2_000)));
        check(List.of(us, y), List.of(grad(cost, y)), List.of(NDArray.of(new double[] {0.1, -0.7, 0.5}), NDArray.of(0.2)), 1);
    }

    /// Every program has code that HotSpot takes, and it gives what the ops give.
    private static void check(List<Expr> inputs, List<Expr> roots, List<NDArray> at, int programs) {
        var schedule = Schedule.of(inputs, Pipeline.of(Strictness.STRICT).lower(roots));
        assertThat(schedule.programs()).hasSizeGreaterThanOrEqualTo(programs);
        assertThat(schedule.programs()).allMatch(program -> Emitter.emit(program, false) != null);
        assertThat(schedule.programs()).allMatch(program -> Emitter.emit(program, true) != null);
        var expected = new Plan(schedule, Backend.POINTS).call(at);
        assertThat(new Plan(schedule, Backend.SCALAR).call(at)).isEqualTo(expected);
        var bound = new IdentityHashMap<Expr, NDArray>();
        for (int k = 0; k < at.size(); k++) bound.put(inputs.get(k), at.get(k));
        var values = Graph.eval(Pipeline.REFERENCE.lower(roots), bound);
        for (int k = 0; k < values.size(); k++) assertThat(values.get(k).allClose(expected.get(k), 1e-9, 1e-9)).isTrue();
    }
}

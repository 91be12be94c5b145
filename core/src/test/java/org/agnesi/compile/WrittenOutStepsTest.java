package org.agnesi.compile;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.Agnesi;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.emit.Emitter;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Stmts;
import org.agnesi.kernel.Storage;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Steps that work on a few numbers are scalars.
class WrittenOutStepsTest {
    private static final double H = 0.01;

    private static Schedule schedule(List<Expr> in, List<Expr> out) {
        return Schedule.of(in, Pipeline.of(Strictness.DEFAULT).lower(out));
    }

    private static NDArray numbers(DType dtype, int... dims) {
        var shape = Shape.of(dims);
        return NDArray.wrap(DType.FLOAT64, shape, IntStream.range(0, shape.size()).mapToDouble(i -> 1.5 * Math.sin(i + 1)).toArray())
            .cast(dtype);
    }

    private static NDArray numbers(int... dims) { return numbers(DType.FLOAT64, dims); }

    /// The programs of the loops over steps.
    private static List<Program> loops(List<Expr> in, List<Expr> out) {
        return schedule(in, out).tasks().stream().filter(Task.Repeat.class::isInstance)
            .map(task -> ((Task.Repeat) task).loop()).filter(Objects::nonNull).map(StepLoop::program).toList();
    }

    private static List<String> scratch(Program program) {
        return program.buffers().stream().filter(b -> b.role() == Storage.Role.SCRATCH).map(Storage::name).toList();
    }

    /// The same bits on all backends, cold and hot, close to what the definition gives; no loop but the one over steps and those
    /// before it, and no arrays but states.
    private static void isWrittenOut(int states, List<Expr> in, List<Expr> out, NDArray... arrays) {
        for (var program : loops(in, out)) {
            assertThat(Stmts.depth(program.body())).as("%s", program).isOne();
            assertThat(scratch(program)).as("%s", program).hasSize(states);
        }
        agrees(in, out, arrays);
    }

    private static void agrees(List<Expr> in, List<Expr> out, NDArray... arrays) {
        assertThat(loops(in, out)).isNotEmpty();
        var expected = Agnesi.function().inputs(in).outputs(out).mode(Mode.REFERENCE).compile().callAll((Object[]) arrays);
        var schedule = schedule(in, out);
        var points = new Plan(schedule, Backend.POINTS).call(List.of(arrays));
        for (int k = 0; k < out.size(); k++) {
            assertThat(points.get(k).shape()).isEqualTo(expected.get(k).shape());
            double close = points.get(k).dtype() == DType.FLOAT32 ? 1e-3 : 1e-9;
            for (int i = 0; i < points.get(k).size(); i++)
                assertThat(points.get(k).doubleAt(i)).isCloseTo(expected.get(k).doubleAt(i), offset(close));
        }
        for (var backend : Backend.ALL) {
            var plan = new Plan(schedule, backend);
            for (int call = 0; call < 3; call++) assertThat(plan.call(List.of(arrays))).as(backend.toString()).isEqualTo(points);
        }
    }

    /// A planet by the method of Runge and Kutta.
    private static Expr orbit(Expr start, int steps) {
        UnaryOperator<Expr> f = u -> {
            var r = u.get(range(0, 3));
            var r2 = sum(sqr(r));
            return concatenate(u.get(range(3, 6)), r.neg().div(r2.times(sqrt(r2))));
        };
        return scan(arange(steps), start, (_, u) -> {
            var a = f.apply(u);
            var b = f.apply(u.plus(a.times(H / 2)));
            var c = f.apply(u.plus(b.times(H / 2)));
            var d = f.apply(u.plus(c.times(H)));
            return u.plus(a.plus(b.times(2)).plus(c.times(2)).plus(d).times(H / 6));
        });
    }

    @Test void anOrbitAndItsGradientHaveNoLoopsInside() {
        var u = dvector("u", 6);
        var last = orbit(u, 50).get(-1);
        var start = NDArray.wrap(new double[] {1, .1, .2, -.1, .9, .3}, 6);
        isWrittenOut(1, List.of(u), List.of(last), start);
        isWrittenOut(1, List.of(u), outputs(sum(sqr(last)), grad(sum(sqr(last)), List.of(u))), start);
    }

    @Test void gradientsOfOrbitsAreFiniteDifferences() {
        var u = dvector("u", 6);
        var cost = sum(orbit(u, 50).get(-1).times(constant(new double[] {1, 2, 3, 4, 5, 6})));
        var f = Agnesi.function(u, cost);
        double[] at = {1, .1, .2, -.1, .9, .3};
        var gradient = Agnesi.function(u, grad(cost, u)).call(at);
        for (int k = 0; k < 6; k++) {
            double[] up = at.clone(), down = at.clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            double difference = (f.call(up).toDouble() - f.call(down).toDouble()) / 2e-5;
            assertThat(gradient.doubleAt(k)).isCloseTo(difference, offset(1e-6));
        }
    }

    @Test void aStateIsReadAndStoredOncePerStep() {
        var u = dvector("u", 2);
        assertThat(loops(List.of(u), List.of(scan(arange(9), u, (_, s) -> s.get(new int[] {1, 0}).times(s.plus(sum(s)))))))
            .singleElement().hasToString("""
            kernel(constant: int64[], u: float64[?], constant2: int64[?]) -> (scan: float64[?, ?]):
                scratch u2: float64[2]
                for i < 2:
                    u2[i] = u[i]
                for j < constant[0]:
                    t0 = u2[0]
                    t1 = u2[1]
                    t2 = t0 + t1 + 0.0
                    t3 = t1 * (t0 + t2)
                    t4 = j * 2
                    scan[t4] = t3
                    t5 = t0 * (t1 + t2)
                    scan[t4 + 1] = t5
                    u2[0] = t3
                    u2[1] = t5
            """);
    }

    /// A filter by Kalman: products of small matrices.
    private static List<Expr> filter(int n, Expr F, Expr Q, Expr H, Expr z) {
        return scan(z, zeros(n), eye(n), (seen, x, P) -> {
            var ahead = dot(F, x);
            var spread = dot(dot(F, P), F.T()).plus(Q);
            var PH = dot(spread, H);
            var gain = PH.div(dot(H, PH).plus(.1));
            return List.of(ahead.plus(gain.times(seen.minus(dot(H, ahead)))), spread.minus(outer(gain, PH)));
        });
    }

    @Test void productsOfSmallMatricesAreScalars() {
        for (int n : List.of(2, 4)) {
            var in = List.of(dmatrix("F", n, n), dmatrix("Q", n, n), dvector("H", n), dvector("z"));
            var states = filter(n, in.get(0).times(.2), in.get(1), in.get(2), in.get(3));
            var cost = sum(sqr(states.get(0)));
            NDArray[] arrays = {numbers(n, n), NDArray.wrap(new double[n * n], n, n), numbers(n), numbers(20)};
            isWrittenOut(2, in, states, arrays);
            isWrittenOut(2, in, outputs(cost, grad(cost, in)), arrays);
        }
    }

    @Test void whateverMovesWithinAState() {
        for (var dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64)) {
            var u = tensor("u", dtype, 4);
            var rows = tensor("rows", dtype, -1, 4);
            var all = scan(rows, u, (row, s) -> {
                var set = s.at(range(1, 3)).set(row.get(range(0, 2)));
                var added = set.at(new int[] {3, 0}).add(flip(s, 0).get(range(0, 2)));
                var ordered = concatenate(cumsum(added, 0).get(range(2, 4)), expandDims(max(s), 0), expandDims(min(row), 0));
                return where(ordered.gt(row), ordered.minus(row), ordered.plus(1)).minus(s.minus(row));
            });
            isWrittenOut(1, List.of(rows, u), List.of(all), numbers(dtype, 9, 4), numbers(dtype, 4));
        }
    }

    @Test void statesOfSeveralStepsAgoAndStepsThatEndEarly() {
        var u = dmatrix("u", 2, 3);
        var loop = scan().steps(100);
        var s = loop.state(u, 2);
        s.next(s.previous(1).times(1.5).minus(flip(s.previous(2), 0)));
        loop.until(max(abs(s.previous(1))).gt(20));
        agrees(List.of(u), List.of(s.all(), loop.steps()), numbers(2, 3));
        agrees(List.of(u), List.of(grad(sum(s.last()), u)), numbers(2, 3));
        var program = loops(List.of(u), List.of(s.all())).getFirst();
        assertThat(Stmts.depth(program.body())).as("%s", program).isOne();
        assertThat(scratch(program)).as("%s", program).hasSize(1);
    }

    /// Positions that values tell, and branches, leave a step as it is.
    @Test void whatIsFoundByValuesStays() {
        var u = dvector("u", 3);
        var where = lvector("where");
        var all = scan(where, u, (i, s) -> s.plus(s.get(i)).times(.5));
        agrees(List.of(where, u), List.of(all), NDArray.wrap(new long[] {0, 2, 1, -1}, 4), numbers(3));
        var branch = scan(where, u, (i, s) -> ifElse(i.gt(0), s.times(2), s.plus(1)));
        agrees(List.of(where, u), List.of(branch), NDArray.wrap(new long[] {0, 2, 1, -1}, 4), numbers(3));
    }

    /// What is written at a position that values tell may be what was read before, or written at another.
    @Test void placesThatValuesTellMayBeOne() {
        Expr u = dvector("u", 3), js = lvector("js"), ks = lvector("ks");
        var loop = scan();
        Expr j = loop.over(js), k = loop.over(ks);
        var s = loop.state(u);
        var a = s.previous().at(j).set(s.previous().get(k).times(.5));
        var b = a.at(k).set(a.get(j).plus(a.get(0)));
        var c = b.at(j).set(3.0).at(k).add(b.get(k)).at(j).set(b.get(0));
        s.next(c.at(k).add(.5).plus(b.times(.1)));
        NDArray first = NDArray.wrap(new long[] {0, 2, 1, 1, 2, 0}, 6), second = NDArray.wrap(new long[] {1, 2, 0, 1, 1, 0}, 6);
        isWrittenOut(4, List.of(u, js, ks), List.of(s.all()), numbers(3), first, second);
    }

    /// A step without loops is no loop of vectors: it reads what the one before has stored.
    @Test void stepsWithFunctionsWaitForOneAnother() {
        for (int n : List.of(1, 2, 3)) {
            var u = dvector("u", n);
            var rows = dmatrix("rows", -1, n);
            isWrittenOut(1, List.of(rows, u), List.of(scan(rows, u, (row, s) -> tanh(s.plus(row)))), numbers(70, n), numbers(n));
        }
    }

    @Test void longVectorsKeepTheirLoops() {
        var u = dvector("u", 50);
        var loop = scan(arange(5), u, (_, s) -> s.plus(flip(s, 0)).times(.5));
        assertThat(loops(List.of(u), List.of(loop))).allSatisfy(p -> assertThat(Stmts.depth(p.body())).isEqualTo(2));
        agrees(List.of(u), List.of(loop), numbers(50));
    }

    /// HotSpot compiles no method that is too long, so that such a step keeps its loops, and one that is not quite too long has none.
    @Test void longStepsKeepTheirLoops() {
        var u = dvector("u", 16);
        int longest = 0;
        for (int rounds = 1; rounds <= 25; rounds++) {
            int times = rounds;
            var loop = scan(arange(5), u, (_, s) -> {
                for (int k = 0; k < times; k++) s = s.plus(flip(s, 0).times(sum(s)).times(.1)).div(concatenate(s.get(from(1)), s.get(upTo(1))));
                return s;
            });
            var program = loops(List.of(u), List.of(loop)).getFirst();
            if (Stmts.depth(program.body()) == 1) longest = rounds;
            assertThat(Emitter.emit(program, true)).isNotNull();
            assertThat(Emitter.emit(program, false)).isNotNull();
        }
        assertThat(longest).isBetween(8, 24);
    }
}

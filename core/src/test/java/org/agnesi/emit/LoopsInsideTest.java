package org.agnesi.emit;

import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.compile.Pipeline;
import org.agnesi.compile.Schedule;
import org.agnesi.rewrite.Strictness;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops inside an outermost one are methods, which HotSpot compiles one by one, unless they are short.
class LoopsInsideTest {
    private final Expr x = dmatrix("x");

    private static Schedule schedule(List<Expr> in, Expr out) {
        return Schedule.of(in, Pipeline.of(Strictness.DEFAULT).lower(List.of(out)));
    }

    private static long loops(Schedule schedule) {
        var listing = Objects.requireNonNull(Emitter.listing(schedule.programs().getFirst(), false));
        return Pattern.compile("void loop\\d+\\(").matcher(listing).results().count();
    }

    @Test void eachPassOverARowIsAMethod() { assertThat(loops(schedule(List.of(x), softmax(x)))).isEqualTo(4); }

    /// The gradient of a batch normalization has some thirty loops in a loop over columns, the last steps of folds in few turns.
    private Schedule normalized() {
        var v = dvector("v");
        var centred = x.minus(mean(x, 0));
        return schedule(List.of(x, v), grad(sum(tanh(v.times(centred.div(sqrt(var(x, 0).plus(1e-5)))))), x));
    }

    /// A wave's equation in steps, each with loops over the rows at its edges and within.
    private Schedule stepped() {
        var n = lscalar("n");
        var within = range(1, -1);
        var all = scan(arange(n), List.of(x, zerosLike(x)), (k, s) -> {
            var u = s.get(0);
            var around = u.get(from(2), within).plus(u.get(upTo(-2), within)).plus(u.get(within, from(2))).plus(u.get(within, upTo(-2)));
            var v = s.get(1).plus(zerosLike(u).at(within, within).set(around.minus(u.get(within, within).times(4))).times(0.1));
            return List.of(u.plus(v.times(0.1)), v);
        });
        return schedule(List.of(n, x), grad(sum(sqr(all.get(0).get(-1))), x));
    }

    private static void noMethodIsLong(Schedule schedule, int most) {
        for (var program : schedule.programs()) {
            var bytes = Objects.requireNonNull(new Emitter(program, false, false).bytes());
            assertThat(Emitter.hasLonger(bytes, most)).as("%s", program).isFalse();
        }
    }

    @Test void manyLoopsAreManyMethods() { noMethodIsLong(normalized(), 1500); }

    @Test void loopsInALongLoopOverStepsAreMethods() { noMethodIsLong(stepped(), 2000); }

    @ParameterizedTest @ValueSource(ints = {1, 15, 16, 17, 40, 130}) void manyLoopsHaveTheBitsOfTheOracle(int columns) {
        var at = NDArray.wrap(IntStream.range(0, 300 * columns).mapToDouble(Math::sin).toArray(), 300, columns);
        var v = NDArray.wrap(IntStream.range(0, columns).mapToDouble(Math::cos).toArray(), columns);
        var schedule = normalized();
        var expected = new Plan(schedule, Backend.POINTS).call(List.of(at, v));
        assertThat(new Plan(schedule, Backend.SCALAR).call(List.of(at, v))).isEqualTo(expected);
        assertThat(new Plan(schedule, Backend.SIMD).call(List.of(at, v))).isEqualTo(expected);
    }

    @ParameterizedTest @ValueSource(ints = {1, 15, 16, 40}) void stepsHaveTheBitsOfTheOracle(int columns) {
        var at = NDArray.wrap(IntStream.range(0, 20 * columns).mapToDouble(Math::sin).toArray(), 20, columns);
        var in = List.of(NDArray.of(3L), at);
        var schedule = stepped();
        var expected = new Plan(schedule, Backend.POINTS).call(in);
        assertThat(new Plan(schedule, Backend.SCALAR).call(in)).isEqualTo(expected);
        assertThat(new Plan(schedule, Backend.SIMD).call(in)).isEqualTo(expected);
    }

    /// On both sides of what is short.
    @ParameterizedTest @ValueSource(ints = {0, 1, 15, 16, 17, 70}) void rowsHaveTheBitsOfTheOracle(int columns) {
        var schedule = schedule(List.of(x), softmax(x));
        var at = NDArray.wrap(IntStream.range(0, 5 * columns).mapToDouble(Math::sin).toArray(), 5, columns);
        assertThat(new Plan(schedule, Backend.SCALAR).call(List.of(at))).isEqualTo(new Plan(schedule, Backend.POINTS).call(List.of(at)));
    }
}

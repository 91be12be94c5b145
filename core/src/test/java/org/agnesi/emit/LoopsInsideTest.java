package org.agnesi.emit;

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

    /// On both sides of what is short.
    @ParameterizedTest @ValueSource(ints = {0, 1, 15, 16, 17, 70}) void rowsHaveTheBitsOfTheOracle(int columns) {
        var schedule = schedule(List.of(x), softmax(x));
        var at = NDArray.wrap(IntStream.range(0, 5 * columns).mapToDouble(Math::sin).toArray(), 5, columns);
        assertThat(new Plan(schedule, Backend.SCALAR).call(List.of(at))).isEqualTo(new Plan(schedule, Backend.POINTS).call(List.of(at)));
    }
}

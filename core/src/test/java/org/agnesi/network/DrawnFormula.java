package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.agnesi.Mode;
import org.agnesi.array.NDArray;
import org.agnesi.error.DisconnectedInputError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.DynamicTest;

/// A formula drawn from a seed: what a function of it gives is what its definition does.
interface DrawnFormula {
    /// @throws DisconnectedInputError where it would be a derivative by what it does not depend on: there is no such formula
    Expr formula();

    List<Expr> inputs();

    /// Values of the inputs.
    List<NDArray> at();

    /// One test for each seed below `count`.
    static List<DynamicTest> tests(int count, IntFunction<DrawnFormula> drawn) {
        return IntStream.range(0, count).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(seed, drawn.apply(seed)))).toList();
    }

    private static void compare(int seed, DrawnFormula drawn) {
        Expr y;
        try {
            y = drawn.formula();
        } catch (DisconnectedInputError e) {
            return;
        }
        var expected = function().inputs(drawn.inputs()).outputs(y).mode(Mode.REFERENCE).compile().call(drawn.at());
        assertThat(function(drawn.inputs(), y).call(drawn.at()).allClose(expected, 1e-9, 1e-9)).as("seed %d: %s", seed, y).isTrue();
    }
}

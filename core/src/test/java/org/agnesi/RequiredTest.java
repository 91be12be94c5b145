package org.agnesi;

import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.LoopError;
import org.agnesi.symbolic.Expr;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/// Nulls are found where they are passed.
@NullUnmarked
class RequiredTest {
    private static final String ASSIGN = "\nA Java variable that has no value yet is null: assign it before.";
    private static final String RETURN = "\nReturn what it computes.";

    private final Expr x = dvector("x");
    private final Expr s = dscalar("s");
    private final Expr none = null;

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ArgumentError.class).hasMessage(message);
    }

    @Test void namesWhatAFunctionLacks() {
        refused(() -> function(x, none), "function needs an expression, but got null" + ASSIGN);
        refused(() -> function(Arrays.asList(x, none), s), "function needs an input as element 1, but got null" + ASSIGN);
        refused(() -> function((List<Expr>) null, s), "function needs a list, each element an input, but got null" + ASSIGN);
        refused(() -> function().inputs(x).outputs(none), "function needs an output, but got null" + ASSIGN);
        refused(() -> function().mode(null), "function needs a mode, but got null" + ASSIGN);
        refused(() -> outputs(s, Arrays.asList(s, null)), "function needs an expression as element 1, but got null" + ASSIGN);
    }

    @Test void namesWhatAnUpdateLacks() {
        var w = shared("w", 1.0);
        refused(() -> function().update(null, s), "update needs a shared variable, but got null" + ASSIGN);
        refused(() -> function().update(w, null), "update needs what w becomes, but got null" + ASSIGN);
        refused(() -> function().given(null, s), "given needs a variable, but got null" + ASSIGN);
        refused(() -> function().given(s, null), "given needs what replaces s, but got null" + ASSIGN);
    }

    @Test void namesWhatADerivativeLacks() {
        refused(() -> grad(none, x), "grad needs a cost, but got null" + ASSIGN);
        refused(() -> grad(sum(x), none), "grad needs what to derive by, but got null" + ASSIGN);
        refused(() -> rop(sum(x), x, none), "rop needs an expression, but got null" + ASSIGN);
        refused(() -> rop(List.of(x), List.of(x), Arrays.asList(none)), "rop needs a vector as element 0, but got null" + ASSIGN);
        refused(() -> lop(none, x, x), "lop needs an expression, but got null" + ASSIGN);
        refused(() -> jacobian(x, none), "jacobian needs what to derive by, but got null" + ASSIGN);
        refused(() -> jacobian(none, x), "jacobian needs an expression, but got null" + ASSIGN);
        refused(() -> hessian(none, x), "hessian needs a cost, but got null" + ASSIGN);
    }

    @Test void aStateHasOneNextValue() {
        var loop = scan();
        var state = loop.state(s);
        refused(() -> state.next(none), "next needs the next value of s, but got null" + ASSIGN);
        state.next(state.previous());
        assertThatThrownBy(() -> state.next(state.previous().times(2))).isInstanceOf(LoopError.class).hasMessage("""
            a loop needs one next value of each state, but s got s and then s * 2
            Say in one expression what it becomes.""");
    }

    @Test void aSolverTakesAnOptionOnce() {
        refused(() -> root(z -> z.minus(1), s, dense(), matrixFree()), """
            a solver takes an option once, but got dense() and matrixFree()
            Leave one of them out.""");
        refused(() -> root(z -> z.minus(1), s, maxSteps(5), tolerance(1e-3), maxSteps(6)), """
            a solver takes an option once, but got maxSteps(5) and maxSteps(6)
            Leave one of them out.""");
    }

    @Test void namesTheFunctionThatReturnsNothing() {
        refused(() -> scan(x, (UnaryOperator<Expr>) _ -> null), "the function given to scan needs to return an expression, but it returned null" + RETURN);
        refused(() -> scan(x, s, (_, _) -> null), "the function given to scan needs to return an expression, but it returned null" + RETURN);
        refused(() -> root(_ -> null, s), "the function given to a solver needs to return an expression, but it returned null" + RETURN);
        refused(() -> vectorize((UnaryOperator<Expr>) _ -> null).apply(x),
            "the function given to vectorize needs to return an expression, but it returned null" + RETURN);
    }
}

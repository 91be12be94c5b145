package org.agnesi;

import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.call;
import static org.agnesi.Tensors.checkpoint;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.customGradient;
import static org.agnesi.Tensors.dimshuffle;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.elementwise;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.solve;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tensor;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.agnesi.array.NDArray;
import org.agnesi.derive.GradOption;
import org.agnesi.error.ArgumentError;
import org.agnesi.op.Sin;
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

    @Test void namesWhatAnOpLacks() {
        refused(() -> sin(none), "sin needs an expression, but got null" + ASSIGN);
        refused(() -> add(x, none), "add needs an expression as argument 2 of 2, but got null" + ASSIGN);
        refused(() -> x.plus(none), "add needs an expression as argument 2 of 2, but got null" + ASSIGN);
        refused(() -> where(none, x, 1), "where needs a condition, but got null" + ASSIGN);
        refused(() -> ifElse(x.get(0).gt(0), none, x), "ifElse needs an expression as argument 2 of 3, but got null" + ASSIGN);
        refused(() -> sum(none, 0), "sum needs an expression, but got null" + ASSIGN);
        refused(() -> max(none), "max needs an expression, but got null" + ASSIGN);
        refused(() -> concatenate(x, null), "concatenate needs an expression as element 1, but got null" + ASSIGN);
        refused(() -> solve(none, x), "solve needs an expression as argument 1 of 2, but got null" + ASSIGN);
        refused(() -> dimshuffle(none, 0), "dimshuffle needs an expression, but got null" + ASSIGN);
        refused(() -> Expr.of(null, x), "an expression needs an op, but got null" + ASSIGN);
        refused(() -> Expr.of(new Sin(), (List<Expr>) null), "sin needs arguments, but got null" + ASSIGN);
        refused(() -> Expr.of(new Sin(), none), "sin needs an expression, but got null" + ASSIGN);
        refused(() -> elementwise("f", t -> t, null), "elementwise needs a derivative, but got null" + ASSIGN);
        refused(() -> tensor("t", null, 3), "a type needs a dtype, but got null" + ASSIGN);
        refused(() -> dscalar(null), "a variable needs a name, but got null" + ASSIGN);
    }

    @Test void namesWhatAnIndexLacks() {
        refused(() -> x.get((Object) null), "an index needs integers, spans or tensors, but got null" + ASSIGN);
        refused(() -> x.get((Object[]) null), "an index needs items, but got null" + ASSIGN);
        refused(() -> x.at(0).set(none), "set needs values, but got null" + ASSIGN);
        refused(() -> x.reshape((Object[]) null), "reshape needs sizes, but got null" + ASSIGN);
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
        refused(() -> vectorize(none, Map.of(x, x)), "vectorize needs an expression, but got null" + ASSIGN);
        refused(() -> jacobian(x, none), "jacobian needs what to derive by, but got null" + ASSIGN);
        refused(() -> jacobian(none, x), "jacobian needs an expression, but got null" + ASSIGN);
        refused(() -> hessian(none, x), "hessian needs a cost, but got null" + ASSIGN);
        refused(() -> jacobianSparse(x, none), "jacobianSparse needs what to derive by, but got null" + ASSIGN);
        refused(() -> isLinear(x, none), "isLinear needs a variable, but got null" + ASSIGN);
        refused(() -> taylor(sum(x), none, x, 2), "taylor needs an input, but got null" + ASSIGN);
        refused(() -> grad(sum(x), x, (GradOption) null), "grad needs an option, but got null" + ASSIGN);
        refused(() -> considerConstant(none), "considerConstant needs an expression, but got null" + ASSIGN);
    }

    @Test void namesTheFunctionThatReturnsNothing() {
        refused(() -> scan(x, (UnaryOperator<Expr>) _ -> null), "the function given to scan needs to return an expression, but it returned null" + RETURN);
        refused(() -> scan(x, s, (_, _) -> null), "the function given to scan needs to return an expression, but it returned null" + RETURN);
        refused(() -> taylor(_ -> null, x, x, 2), "the function given to taylor needs to return an expression, but it returned null" + RETURN);
        refused(() -> grad(elementwise("f", t -> t, (_, _) -> null).apply(s), s),
            "the function given to elementwise needs to return an expression, but it returned null" + RETURN);
        refused(() -> root(_ -> null, s), "the function given to a solver needs to return an expression, but it returned null" + RETURN);
        refused(() -> vectorize((UnaryOperator<Expr>) _ -> null).apply(x),
            "the function given to vectorize needs to return an expression, but it returned null" + RETURN);
    }

    @Test void namesTheCallWhoseFunctionReturnsNothing() {
        var in = List.of(x);
        refused(() -> checkpoint(x, _ -> null), "the function given to checkpoint needs to return an expression, but it returned null" + RETURN);
        refused(() -> call("f", in, _ -> null), "the function given to call needs to return an expression, but it returned null" + RETURN);
        refused(() -> call("f", in, _ -> Arrays.asList(x, null)), "call needs a result as element 1, but got null" + ASSIGN);
        refused(() -> customGradient("f", in, _ -> null, (_, g) -> g),
            "the function given to customGradient needs to return an expression, but it returned null" + RETURN);
        refused(() -> customGradient("f", in, y -> y, (_, _) -> Arrays.asList(none)),
            "customGradient needs a cotangent as element 0, but got null" + ASSIGN);
    }

    @Test void namesWhatACallLacks() {
        var f = function(x, sum(x));
        refused(() -> f.callInto(null, List.of(x)), "callInto needs a list of arrays to write into, but got null" + ASSIGN);
        refused(() -> f.callInto(List.of(), null), "callInto needs a list of arguments, but got null" + ASSIGN);
        refused(() -> f.call((List<?>) null), "function needs a list of arguments, but got null" + ASSIGN);
        refused(() -> f.save(null), "save needs a file, but got null" + ASSIGN);
        refused(() -> f.html(null), "html needs a file, but got null" + ASSIGN);
        refused(() -> f.bind(null), "bind needs an interface, but got null" + ASSIGN);
        refused(() -> function().name(null), "function needs a name, but got null" + ASSIGN);
    }

    @Test void namesWhatAValueLacks() {
        refused(() -> shared("w", null), "shared needs a first value of w, but got null" + ASSIGN);
        refused(() -> shared(null, 1.0), "shared needs a name, but got null" + ASSIGN);
        refused(() -> shared("w", 1.0).value(null), "value needs a value of w, but got null" + ASSIGN);
        refused(() -> constant(null), "constant needs a value, but got null" + ASSIGN);
        refused(() -> NDArray.from(null), "NDArray.from needs a value, but got null" + ASSIGN);
        refused(() -> NDArray.wrap((double[]) null, 3), "wrap needs elements, but got null" + ASSIGN);
        refused(() -> NDArray.of(1.0).cast(null), "an array needs a dtype, but got null" + ASSIGN);
        refused(() -> NDArray.zeros(null, 3), "an array needs a dtype, but got null" + ASSIGN);
    }

    @Test void namesTheFunctionThatIsNone() {
        refused(() -> root(null, s), "a solver needs a function, but got null" + ASSIGN);
        refused(() -> minimize(x -> x, none), "a solver needs a start, but got null" + ASSIGN);
        refused(() -> vectorize((UnaryOperator<Expr>) null), "vectorize needs a function, but got null" + ASSIGN);
        refused(() -> vectorize(s, (Map<Expr, Expr>) null), "vectorize needs a map from variables to batches, but got null" + ASSIGN);
        refused(() -> scan(x, (UnaryOperator<Expr>) null), "scan needs a step, but got null" + ASSIGN);
        refused(() -> scan(x, s, (BinaryOperator<Expr>) null), "scan needs a step, but got null" + ASSIGN);
        refused(() -> scan(x, s, s, (Step2) null), "scan needs a step, but got null" + ASSIGN);
    }

    @Test void namesWhatALoopLacks() {
        refused(() -> scan(none, e -> e), "scan needs a sequence, but got null" + ASSIGN);
        refused(() -> scan(Arrays.asList(x, null), e -> e.getFirst()), "scan needs a sequence as element 1, but got null" + ASSIGN);
        refused(() -> scan(x, none, (_, p) -> p), "scan needs an initial value, but got null" + ASSIGN);
        refused(() -> scan(x, s, null, (_, p, q) -> List.of(p, q)), "scan needs an initial value as element 1, but got null" + ASSIGN);
        var loop = scan();
        refused(() -> loop.over(null), "scan needs a sequence, but got null" + ASSIGN);
        refused(() -> loop.collect(null), "collect needs an expression, but got null" + ASSIGN);
        refused(() -> loop.until(null), "until needs a condition, but got null" + ASSIGN);
        refused(() -> loop.steps(null), "steps needs a number of steps, but got null" + ASSIGN);
        refused(() -> loop.update(shared("w", 1.0), null), "update needs what w becomes, but got null" + ASSIGN);
        refused(() -> loop.state(s).next(null), "next needs what s becomes, but got null" + ASSIGN);
    }
}

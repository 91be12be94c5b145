package org.agnesi.fuzz;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.call;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.floor;
import static org.agnesi.Tensors.gt;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agnesi.Loop;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Scalar;
import org.agnesi.op.Constant;
import org.agnesi.op.SinkBranches;
import org.agnesi.op.Unary;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Partial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SensitivityTest {
    private final Expr v = dvector("v");

    @Test void aValueThatJumpsIsNotCompared() {
        var specimen = specimen(floor(v.times(3).div(3)), 1, 1.5);
        var allowed = Objects.requireNonNull(Sensitivity.of(specimen, Graph.eval(specimen.roots(), specimen.values())))[0];
        assertThat(allowed[0]).isNaN();
        assertThat(allowed[1]).isBetween(1e-11, 1e-10);
    }

    @Test void anExponentIsNotRounded() {
        var specimen = specimen(v.pow(3), -1, -2);
        var allowed = Objects.requireNonNull(Sensitivity.of(specimen, Graph.eval(specimen.roots(), specimen.values())))[0];
        assertThat(allowed[0]).isBetween(1e-11, 1e-10);
    }

    private Specimen specimen(Expr y, double... at) {
        return Specimen.of(new IdentityHashMap<>(Map.of(v, NDArray.of(at))), List.of(y));
    }

    /// `x`, whose code is off by so much of it, as are its derivatives.
    private record Off(double by) implements Unary {
        Expr of(Expr x) { return Expr.of(this, List.of(x)); }
        @Override public double eval(double x) { return x; }
        @Override public Expr derivative(Expr x, Expr y) { return Constant.of(1, x.type().dtype()); }
        @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.symmetric(this::of)); }
        @Override public Scalar code(Scalar x) { return Scalar.mul(x, Scalar.constant(1 + by)); }
    }

    /// What holds graphs, with a function inside.
    private interface Holder { Expr of(UnaryOperator<Expr> f, Expr x); }

    static Stream<Arguments> holders() {
        return Stream.of(
            holder("no graph", (f, x) -> f.apply(x)),
            holder("a loop", (f, x) -> scan(x, f)),
            holder("a state", (f, x) -> scan(x, 0.5, (r, s) -> f.apply(r.plus(s)))),
            holder("a loop of loops", (f, x) -> scan(x, r -> sum(scan(x.times(r), f)))),
            holder("a call", (f, x) -> called(f, x)),
            holder("a branch", (f, x) -> SinkBranches.sink(List.of(ifElse(gt(sum(x), 0), f.apply(x), x))).getFirst()),
            holder("a Jacobian", (f, x) -> jacobian(f.apply(x), x)),
            holder("a gradient of a loop", (f, x) -> grad(last(scan(), f, x), x)),
            holder("a gradient of a loop that saves few states", (f, x) -> grad(last(scan().saveEvery(1), f, x), x)));
    }

    private static Expr last(Loop loop, UnaryOperator<Expr> f, Expr x) {
        var state = loop.state(0.5);
        state.next(f.apply(loop.over(x)).plus(state.previous()));
        return state.all().get(-1);
    }

    private static Expr called(UnaryOperator<Expr> f, Expr x) {
        return call("f", List.of(x), in -> List.of(f.apply(in.getFirst()))).getFirst();
    }

    private static Arguments holder(String name, Holder holder) { return arguments(name, holder); }

    @ParameterizedTest(name = "in {0}")
    @MethodSource("holders")
    void whatCancelsIsToldFromWhatIsWrong(String name, Holder holder) {
        assertThat(cancelled(holder, Math.ulp(1.0))).as("rounding").isNull();
        assertThat(cancelled(holder, 2e-11)).as("a mistake").extracting(Verdict::kind).isEqualTo("DEFAULT differs from the reference");
    }

    /// `exp(x) − ⌊x⌋ exp(x)`, one of which is off; nothing is left at 1.25.
    private @Nullable Verdict cancelled(Holder holder, double by) {
        var y = holder.of(x -> sub(new Off(by).of(exp(x)), floor(x).times(exp(x))), v);
        return Verdict.of(specimen(y, 1.25, 0.5), List.of(), Verdict.Tally.NONE);
    }
}

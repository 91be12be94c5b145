package org.agnesi.run;

import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.compile.Task;
import org.agnesi.error.ShapeError;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What is reshaped for a product is the same array under other sizes.
class RenamedTest {
    private static final int N = 24;

    private final Expr x = dmatrix("x"), y = dmatrix("y");
    private final List<Expr> in = List.of(x, y);

    private static Expr turned(Expr e) { return e.reshape(e.length(1), e.length(0)); }

    private Plan plan(Expr... out) { return Plan.of(in, List.of(out), Backend.SCALAR); }

    private static long renames(Plan plan) { return plan.schedule().tasks().stream().filter(Task.Rename.class::isInstance).count(); }

    private static NDArray random(int m, int n) {
        var random = new Random(m);
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(m, n), _ -> random.nextGaussian() / 4);
    }

    private static NDArray reshaped(NDArray a, int m, int n) { return a.reshape(Shape.of(m, n)); }

    private NDArray called(Expr e, NDArray a, NDArray b) { return Plan.of(in, List.of(e), Backend.POINTS).call(List.of(a, b)).getFirst(); }

    @Test void anInputAndWhatWasComputedAreNotCopied() {
        var a = random(N, 2 * N);
        var b = random(N, N);
        var given = plan(dot(turned(x), y));
        assertThat(renames(given)).isEqualTo(1);
        assertThat(given.call(List.of(a, b))).containsExactly(called(dot(x, y), reshaped(a, 2 * N, N), b));
        var made = plan(dot(turned(dot(y, x)), y));
        assertThat(renames(made)).isEqualTo(1);
        assertThat(made.call(List.of(a, b))).containsExactly(called(dot(x, y), reshaped(called(dot(y, x), a, b), 2 * N, N), b));
    }

    @Test void twiceIsOnce() {
        var plan = plan(dot(turned(x).reshape(y.length(0), x.length(1)), y.reshape(x.length(1), y.length(0))));
        assertThat(renames(plan)).isEqualTo(2);
        var a = random(N, 2 * N);
        var b = random(N, 2 * N);
        assertThat(plan.call(List.of(a, b))).containsExactly(called(dot(x, y), a, reshaped(b, 2 * N, N)));
    }

    @Test void aResultIsAnArrayOfItsOwn() {
        var flat = turned(x);
        var plan = plan(flat, dot(flat, y));
        assertThat(renames(plan)).isZero();
        var a = random(N, 2 * N);
        var out = plan.call(List.of(a, random(N, N))).getFirst();
        assertThat(out).isEqualTo(reshaped(a, 2 * N, N));
        assertThat(out.data()).isNotSameAs(a.data());
    }

    /// A function of it would else be written over what is still read under the other name.
    @Test void whatIsReadUnderAnotherNameIsNotWrittenOver() {
        var product = dot(x, y);
        var plan = plan(dot(dot(tanh(product), y), dot(turned(product), y)));
        assertThat(renames(plan)).isEqualTo(1);
        assertThat(plan.schedule().heirs()).isEmpty();
        var a = random(N, N);
        var b = random(N, N);
        var p = called(product, a, b);
        var expected = called(dot(x, y), called(dot(tanh(x), y), p, b), called(dot(x, y), p, b));
        for (int call = 0; call < 3; call++) assertThat(plan.call(List.of(a, b))).containsExactly(expected);
    }

    /// Arrays are used again: what is renamed is read by the last product.
    @Test void itsArrayIsKeptUntilTheLastReader() {
        var product = dot(x, y);
        var flat = turned(product);
        var rest = dot(dot(exp(y), y), dot(tanh(y), y));
        var plan = plan(dot(flat, rest));
        assertThat(renames(plan)).isEqualTo(1);
        var a = random(N, N);
        var b = random(N, N);
        var expected = called(dot(x, y), called(product, a, b), called(rest, a, b));
        for (int call = 0; call < 3; call++) assertThat(plan.call(List.of(a, b))).containsExactly(expected);
    }

    @Test void anotherNumberOfElementsIsSaid() {
        var plan = plan(dot(x.reshape(y.length(0), y.length(0)), y));
        assertThatThrownBy(() -> plan.call(List.of(random(N, 2 * N), random(N, N)))).isInstanceOf(ShapeError.class)
            .hasMessageContainingAll("reshape", "all of x: (1152,)", "(576,)");
    }
}

package org.agnesi.derive;

import static org.agnesi.Agnesi.fixedPoint;
import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.matrixFree;
import static org.agnesi.Agnesi.minimize;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.root;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.roll;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.zerosLike;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Unknowns too large for a matrix, and for the values of all the steps that a loop may make.
class ImplicitMemoryTest {
    private static final int N = 50_000;

    private final Expr b = dvector("b");
    private final Expr root = root(x -> x.plus(x.pow(3).times(0.1)).plus(next(x).times(0.1)).minus(b), zerosLike(b), matrixFree());
    private final Expr least = minimize(x -> sum(sqr(x.minus(b)).plus(x.pow(4).times(0.1)).plus(x.times(next(x)).times(0.1))),
        zerosLike(b), matrixFree());
    private final Expr fixed = fixedPoint(x -> cos(x).times(0.3).plus(next(x).times(0.1)).plus(b), zerosLike(b), matrixFree());

    /// The element after each, the first after the last.
    private static Expr next(Expr x) { return roll(x, -1, 0); }

    private static long peak(Expr y, Expr x, int n) {
        var cost = function(x, y).cost(Shape.of(n));
        assertThat(cost.unknown()).allMatch(what -> what.startsWith("the flops of found("));   // no size
        assertThat(cost.largest().orElseThrow().elements()).isLessThanOrEqualTo(5L * n);   // the most steps that fixedPoint remembers
        return cost.peakBytes();
    }

    @Test void memoryIsThatOfVectors() {
        for (var x : List.of(root, least, fixed)) for (var y : List.of(x, grad(sum(sqr(x)), b)))
            assertThat((double) peak(y, b, 2 * N) / peak(y, b, N)).isBetween(1.9, 2.1);
    }

    @Test void aRootOfManyEquationsAndItsGradientAreFound() {
        var f = function(b, outputs(root, grad(sum(sqr(root)), b)));
        var right = IntStream.range(0, N).mapToDouble(i -> Math.sin(i + 1)).toArray();
        var both = f.callAll(right);
        double[] x = both.get(0).toDoubleArray(), g = both.get(1).toDoubleArray();
        double worst = 0;
        for (int i = 0; i < N; i++) {
            int before = (i + N - 1) % N, after = (i + 1) % N;
            double equation = x[i] + 0.1 * Math.pow(x[i], 3) + 0.1 * x[after] - right[i];
            double adjoint = (1 + 0.3 * x[i] * x[i]) * g[i] + 0.1 * g[before] - 2 * x[i];   // the transposed Jacobian times g
            worst = Math.max(worst, Math.max(Math.abs(equation), Math.abs(adjoint)));
        }
        assertThat(worst).isLessThan(1e-10);
    }
}

package org.agnesi.run;

import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.lt;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.where;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random graphs of pointwise ops, reductions, views and products of square matrices: however they are fused, they give
/// what the ops give one by one.
class PlanFuzzTest {
    private static final int GRAPHS = 25;

    private final Expr x = dmatrix("x");
    private final Expr v = dvector("v");

    @ParameterizedTest @ValueSource(ints = {1, 5, 17, 20, 41}) void fusedGraphsGiveWhatTheOpsGive(int n) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            var random = new Random(1000L * n + seed);
            var matrices = new ArrayList<>(List.of(x));
            var vectors = new ArrayList<>(List.of(v));
            for (int k = 0; k < 14; k++) grow(matrices, vectors, random);
            check(List.of(pick(matrices, random), pick(vectors, random), matrices.getLast(), vectors.getLast()), n, random, seed);
        }
    }

    private void check(List<Expr> ys, int n, Random random, int seed) {
        var a = values(random, n, n);
        var b = values(random, n);
        var expected = Graph.eval(ys, Map.of(x, a, v, b));
        var plan = Plan.of(List.of(x, v), ys, Backend.POINTS);
        var got = plan.call(List.of(a, b));
        for (var backend : Kernels.BACKENDS) assertThat(Plan.of(List.of(x, v), ys, backend).call(List.of(a, b)))
            .as("the same bits from %s, seed %d, n %d\n%s", backend, seed, n, plan.kernels()).isEqualTo(got);
        for (int k = 0; k < ys.size(); k++) assertThat(got.get(k).allClose(expected.get(k), 1e-9, 1e-12))
            .as("seed %d, n %d: %s\n%s\n%s\n%s", seed, n, ys.get(k), got.get(k), expected.get(k), plan.kernels()).isTrue();
    }

    private static void grow(List<Expr> matrices, List<Expr> vectors, Random random) {
        var a = pick(matrices, random);
        var b = pick(matrices, random);
        var u = pick(vectors, random);
        int axis = random.nextInt(2);
        switch (random.nextInt(16)) {
            case 0 -> matrices.add(tanh(add(a, b)));
            case 1 -> matrices.add(tanh(mul(a, b)));
            case 2 -> matrices.add(a.T());
            case 3 -> matrices.add(tanh(sub(a, max(a, axis(axis, b)))));
            case 4 -> matrices.add(softmax(a, axis));
            case 5 -> matrices.add(tanh(mul(a, u)));
            case 6 -> matrices.add(where(lt(a, b), a, tanh(b)));
            case 7 -> matrices.add(tanh(cumsum(a, axis)));
            case 8 -> matrices.add(tanh(dot(a, b)));
            case 9 -> matrices.add(a.flatten().reshape(a.length(1), a.length(0)).T());
            case 10 -> vectors.add(tanh(a.sum(axis)));
            case 11 -> vectors.add(exp(neg(abs(u))));
            case 12 -> vectors.add(tanh(add(u, a.sum())));
            case 13 -> vectors.add(div(u, add(1, exp(u).sum())));
            case 14 -> vectors.add(tanh(dot(a, u)));
            default -> vectors.add(tanh(sub(mean(mul(a, b), Axes.over(axis)), u)));
        }
    }

    private static Axes axis(int axis, Expr like) { return Axes.over(axis % like.type().rank()).keep(); }

    private static Expr softmax(Expr a, int axis) {
        var e = exp(a);
        return div(e, add(1e-3, e.sum(Axes.over(axis).keep())));
    }

    private static Expr pick(List<Expr> all, Random random) { return all.get(random.nextInt(all.size())); }

    private static NDArray values(Random random, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian());
    }
}

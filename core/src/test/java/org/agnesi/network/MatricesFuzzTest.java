package org.agnesi.network;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.*;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Small formulas of matrices, some of them Jacobians and Hessians, with numbers, rows and columns added and multiplied: what they come
/// to is what their definition does, whatever is never built. What they cost is [JacobianFuzzTest]'s.
class MatricesFuzzTest {
    private static final int FORMULAS = 300, N = 3, DEEPEST = 3;

    private static final class Drawn implements DrawnFormula {
        private final Random random;
        private final Expr A, X, v, b, c, s, jacobian, hessian;

        Drawn(int seed) {
            random = new Random(seed);
            int n = random.nextBoolean() ? N : -1;
            A = tensor("A", DType.FLOAT64, n, n);
            X = tensor("X", DType.FLOAT64, n, n);
            v = tensor("v", DType.FLOAT64, n);
            b = tensor("b", DType.FLOAT64, n);
            c = tensor("c", DType.FLOAT64, n);
            s = dscalar("s");
            jacobian = jacobian(tanh(dot(A, v)), v);
            hessian = hessian(sum(exp(dot(A, v))), v);
        }

        @Override public List<Expr> inputs() { return List.of(A, X, v, b, c, s); }

        @Override public List<NDArray> at() {
            return List.of(numbers(1, N, N), numbers(2, N, N), numbers(3, N), numbers(4, N), numbers(5, N), NDArray.of(0.4));
        }

        @Override public Expr formula() {
            var y = result(matrix(1 + random.nextInt(DEEPEST)));
            return random.nextInt(4) == 0 ? grad(sum(y), v) : y;
        }

        private Expr vector() { return List.of(v, b, c, constant(new double[] {1, 1, 1})).get(random.nextInt(4)); }

        private Expr matrix(int depth) {
            if (depth == 0) return List.of(jacobian, hessian, X, jacobian.T(), A).get(random.nextInt(5));
            var m = matrix(depth - 1);
            return switch (random.nextInt(19)) {
                case 0 -> m.plus(2);
                case 1 -> m.plus(vector());
                case 2 -> m.minus(vector().dimshuffle(0, "x"));
                case 3 -> m.T();
                case 4 -> dot(m, matrix(depth - 1));
                case 5 -> m.times(matrix(0));
                case 6 -> m.times(3).minus(s);
                case 7 -> m.times(vector());
                case 8 -> m.plus(matrix(depth - 1));
                case 9 -> sqr(m);
                case 10 -> m.minus(mean(m, axes(0).keep()));
                case 11 -> m.plus(eye(N).times(2));
                case 12 -> m.get(all().by(-1));
                case 13 -> m.minus(sum(m));
                case 14 -> concatenate(List.of(m.get(range(0, 1)), matrix(depth - 1).plus(1).get(from(1))), 0);
                case 15 -> m.reshape(N * N).plus(1).reshape(N, N);
                case 16 -> outer(sum(m.plus(2), 0), vector());
                case 17 -> m.times(diag(vector()));
                default -> m.plus(vector().dimshuffle(0, "x")).get(all(), 1).dimshuffle(0, "x").plus(m.get(0));
            };
        }

        private Expr result(Expr m) {
            return switch (random.nextInt(14)) {
                case 0 -> sum(m);
                case 1 -> sum(m, 0);
                case 2 -> mean(m, 1);
                case 3 -> dot(m, vector());
                case 4 -> dot(vector(), m);
                case 5 -> sum(diagonal(m));
                case 6 -> dot(vector(), dot(m, vector()));
                case 7 -> sum(sqr(m));
                case 8 -> dot(m.reshape(N * N), constant(IntStream.range(0, N * N).asDoubleStream().toArray()));
                case 9 -> sum(m.times(matrix(1)), 1);
                case 10 -> m.plus(1).get(0);
                case 11 -> sum(m.plus(vector()).get(all(), 1));
                case 12 -> sum(stack(List.of(m, matrix(0).plus(3)), 0), axes(0, 2));
                default -> mean(m);
            };
        }
    }

    private static NDArray numbers(int k, int... dims) {
        int size = IntStream.of(dims).reduce(1, (a, b) -> a * b);
        return NDArray.wrap(DoubleStream.iterate(k, i -> i + 0.7).limit(size).map(Math::sin).toArray(), dims);
    }

    @TestFactory List<DynamicTest> formulasComeToWhatTheirDefinitionDoes() { return DrawnFormula.tests(FORMULAS, Drawn::new); }
}

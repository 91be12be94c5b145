package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.ignoreDisconnected;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.cumsum;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random algebra of Jacobians: what is compiled has the value of what was written, and no product builds a matrix.
class JacobianFuzzTest {
    private static final int N = 3, FORMULAS = 40;

    /// A random formula and whether sweeps must do.
    private record Formula(Expr value, boolean isProduct) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsCompiledIsWhatWasWritten(long seed) {
        var fuzz = new Algebra(seed, seed % 2 == 0);
        for (int k = 0; k < FORMULAS; k++) fuzz.check("seed %d, formula %d: ".formatted(seed, k));
    }

    /// Formulas over inputs of known or unknown sizes.
    private static final class Algebra {
        private final Expr x;
        private final Expr u;
        private final Expr v;
        private final Expr a;
        private final Expr w;
        private final List<Expr> inputs;
        private final Random random;

        Algebra(long seed, boolean known) {
            int n = known ? N : -1;
            x = dvector("x", n);
            u = dvector("u", n);
            v = dvector("v", n);
            a = dmatrix("A", n, n);
            w = dmatrix("W", n, n);
            inputs = inputs(x, u, v, a, w);
            random = new Random(seed);
        }

        private Expr y() {
            return switch (random.nextInt(6)) {
                case 0 -> mul(sin(x), x);
                case 1 -> tanh(dot(a, x));
                case 2 -> dot(w, exp(mul(0.1, dot(a, x))));
                case 3 -> softmax(x);
                case 4 -> cumsum(mul(x, x));
                default -> grad(sum(tanh(dot(a, x)).pow(2)), x);
            };
        }

        private Expr matrix(int depth) {
            if (depth == 0) return random.nextInt(4) > 0 ? jacobian(y(), x) : w;
            return switch (random.nextInt(9)) {
                case 0 -> matrix(depth - 1).T();
                case 1 -> add(matrix(depth - 1), matrix(depth - 1));
                case 2 -> sub(matrix(depth - 1), mul(0.5, eye(x.length())));
                case 3 -> dot(matrix(depth - 1), matrix(depth - 1));
                case 4 -> mul(matrix(depth - 1), u.dimshuffle(0, "x"));
                case 5 -> dot(diag(v), matrix(depth - 1));
                case 6 -> einsum("ij,kj->ki", matrix(depth - 1), w);
                case 7 -> matrix(depth - 1).reshape(-1).reshape(x.length(), x.length());
                default -> mul(-2, matrix(depth - 1)).div(3);
            };
        }

        private Formula formula() {
            var m = matrix(random.nextInt(3));
            return switch (random.nextInt(10)) {
                case 0 -> new Formula(dot(m, v), true);
                case 1 -> new Formula(dot(u, m), true);
                case 2 -> new Formula(dot(u, dot(m, v)), true);
                case 3 -> new Formula(sum(mul(m, v), 1), true);
                case 4 -> new Formula(sum(mul(outer(u, v), m)), true);
                case 5 -> new Formula(m.get(1), true);
                case 6 -> new Formula(m.get(all(), -1), true);
                case 7 -> new Formula(grad(sum(mul(u, dot(m, v))), x, ignoreDisconnected()), false);
                case 8 -> new Formula(trace(m), false);
                default -> new Formula(diag(m), false);
            };
        }

        void check(String which) {
            var formula = formula();
            var at = inputs.stream().map(e -> (Object) random(e)).toList();
            var f = function(inputs, formula.value);
            var expected = function().inputs(inputs).outputs(formula.value).mode(Mode.REFERENCE).compile().call(at);
            assertThat(f.call(at).allClose(expected, 1e-9, 1e-10)).as(which + formula.value).isTrue();
            if (formula.isProduct) assertThat(f.explain("jacobian-product")).as(which + formula.value).doesNotContain("is needed");
        }

        private NDArray random(Expr e) {
            var shape = e.type().rank() == 1 ? Shape.of(N) : Shape.of(N, N);
            return NDArray.generateDoubles(DType.FLOAT64, shape, i -> random.nextGaussian());
        }
    }
}

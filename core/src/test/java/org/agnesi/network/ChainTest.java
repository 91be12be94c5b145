package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.expandDims;
import static org.agnesi.Tensors.ones;
import static org.agnesi.Tensors.tanh;
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

/// Chains of matrices with a Jacobian among them: however they are bracketed, they cost what the cheap order costs.
class ChainTest {
    private static final int N = 30, FEW = 2;

    /// Inputs of known or unknown sizes: `A`, `B` and `C` are square, `U` has few columns.
    private static final class Chain {
        private final Expr x;
        private final Expr v;
        private final Expr a;
        private final Expr b;
        private final Expr c;
        private final Expr u;
        private final Expr y;
        private final Expr jacobian;
        private final List<Expr> inputs;
        private final List<NDArray> at;

        Chain(boolean known) {
            int n = known ? N : -1;
            x = dvector("x", n);
            v = dvector("v", n);
            a = dmatrix("A", n, n);
            b = dmatrix("B", n, n);
            c = dmatrix("C", n, n);
            u = dmatrix("U", n, known ? FEW : -1);
            y = tanh(dot(c, x));
            jacobian = jacobian(y, x);
            inputs = inputs(x, v, a, b, c, u);
            var random = new Random(5);
            at = List.of(array(random, N), array(random, N), array(random, N, N), array(random, N, N), array(random, N, N),
                array(random, N, FEW));
        }

        private static NDArray array(Random random, int... dims) {
            return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4);
        }

        void costs(Expr chain, Expr cheap) {
            var f = function(inputs, chain);
            var expected = function().inputs(inputs).outputs(chain).mode(Mode.REFERENCE).compile().call(at);
            assertThat(f.call(at).allClose(expected, 1e-9, 1e-10)).as(f.pp()).isTrue();
            assertThat((double) f.cost(at).flops()).as(f.pp()).isLessThanOrEqualTo(1.2 * function(inputs, cheap).cost(at).flops());
        }
    }

    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void matricesInFrontWaitForTheVector(boolean known) {
        var k = new Chain(known);
        var cheap = dot(k.a, dot(k.b, rop(k.y, k.x, k.v)));
        k.costs(dot(dot(dot(k.a, k.b), k.jacobian), k.v), cheap);
        k.costs(dot(dot(k.a, dot(k.b, k.jacobian)), k.v), cheap);
    }

    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void matricesBehindMeetTheVectorFirst(boolean known) {
        var k = new Chain(known);
        var cheap = dot(k.a, rop(k.y, k.x, dot(k.b, k.v)));
        k.costs(dot(dot(dot(k.a, k.jacobian), k.b), k.v), cheap);
        k.costs(dot(dot(k.a, dot(k.jacobian, k.b)), k.v), cheap);
        k.costs(dot(k.a, dot(dot(k.jacobian, k.b), k.v)), cheap);
    }

    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void aVectorInFrontComesFirst(boolean known) {
        var k = new Chain(known);
        var cheap = dot(lop(k.y, k.x, dot(dot(k.v, k.a), k.b)), k.c);
        k.costs(dot(k.v, dot(k.a, dot(k.b, dot(k.jacobian, k.c)))), cheap);
        k.costs(dot(k.v, dot(dot(k.a, k.b), dot(k.jacobian, k.c))), cheap);
    }

    @ParameterizedTest(name = "known {0}")
    @ValueSource(booleans = {true, false})
    void fewColumnsGoThroughAll(boolean known) {
        var k = new Chain(known);
        var z = dot(k.c, k.x);
        var d = expandDims(rop(tanh(z), z, ones(z.length())), 1);
        k.costs(dot(dot(dot(k.a, k.jacobian), k.b), k.u), dot(k.a, d.times(dot(k.c, dot(k.b, k.u)))));
    }
}

package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.cos;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Reshaped Jacobians of sizes that only the call tells: a sweep where the sizes agree, and the same value where they do not.
class ReshapedTest {
    private final Expr x = dvector("x");
    private final Expr u = dvector("u");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final List<Expr> inputs = inputs(x, u, v, a);
    private final Expr y = tanh(dot(a, x));
    private final Expr j = jacobian(y, x);

    private static NDArray array(Random random, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 4);
    }

    private static List<NDArray> at(int m, int n, int ofU, int ofV) {
        var random = new Random(m);
        return List.of(array(random, n), array(random, ofU), array(random, ofV), array(random, m, n));
    }

    private void isRight(Expr e, List<NDArray> at) {
        var expected = function().inputs(inputs).outputs(e).mode(Mode.REFERENCE).compile().call(at);
        var f = function(inputs, e);
        assertThat(f.call(at).allClose(expected, 1e-10, 1e-12)).as(f.pp()).isTrue();
    }

    private void costs(Expr e, Expr byHand, List<NDArray> at) {
        var f = function(inputs, e);
        assertThat((double) f.cost(at).flops()).as(f.pp()).isLessThanOrEqualTo(1.2 * function(inputs, byHand).cost(at).flops());
        assertThat(f.cost(at).largestElements()).as(f.pp()).isLessThanOrEqualTo(at.getFirst().size());
    }

    @Test void flatBesideAnOuterProduct() {
        var flat = dot(j.reshape(-1), outer(u, v).reshape(-1));
        isRight(flat, at(12, 20, 12, 20));
        isRight(flat, at(12, 20, 20, 12));
        isRight(flat, at(12, 20, 6, 40));
        costs(flat, dot(u, rop(y, x, v)), at(12, 20, 12, 20));
    }

    @Test void ofTheSizesOfOthers() {
        var reshaped = dot(j.reshape(u.length(), v.length()), v);
        isRight(reshaped, at(12, 20, 12, 20));
        isRight(reshaped, at(12, 20, 30, 8));
        costs(reshaped, rop(y, x, v), at(12, 20, 12, 20));
    }

    @Test void gradientsOfSuch() {
        var gradient = grad(dot(j.reshape(-1), outer(u, v).reshape(-1)), x);
        isRight(gradient, at(12, 20, 12, 20));
        isRight(gradient, at(12, 20, 20, 12));
        costs(gradient, grad(sum(mul(u, rop(y, x, v))), x), at(12, 20, 12, 20));
    }

    /// The product is on both sides of the choice that its gradient is, and is a choice itself.
    @Test void gradientsOfSquaresOfSuch() {
        var second = rop(grad(sum(sin(y)), x), x, mul(x, x));
        var gradient = grad(sum(dot(jacobian(second, x).reshape(u.length(), v.length()), v).sqr()), x);
        isRight(gradient, at(12, 20, 20, 20));
        isRight(gradient, at(12, 20, 10, 40));
        costs(gradient, grad(sum(rop(second, x, v).sqr()), x), at(12, 20, 20, 20));
    }

    @Test void gradientsOfProductsOfSuch() {
        var k = jacobian(mul(sin(x), x), x);
        var gradient = grad(dot(u, dot(dot(j.reshape(u.length(), x.length()), k).reshape(u.length(), v.length()), v)), x);
        isRight(gradient, at(12, 20, 12, 20));
        isRight(gradient, at(12, 20, 12, 20));
        costs(gradient, grad(sum(mul(u, rop(y, x, mul(add(mul(cos(x), x), sin(x)), v)))), x), at(12, 20, 12, 20));
    }
}

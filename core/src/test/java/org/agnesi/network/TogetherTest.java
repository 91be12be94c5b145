package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.diagonal;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.mul;
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
import org.agnesi.op.ProdPull;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// A sum of Jacobians beside another one: what is behind it goes through that once.
class TogetherTest {
    private static final int N = 40;

    private final Expr x = dvector("x");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final Expr layer = tanh(dot(a, x));
    private final Expr j = jacobian(layer, x);
    private final Expr k = jacobian(mul(sin(x), x), x);
    private final Expr l = jacobian(x.pow(3), x);
    private final List<Expr> inputs = inputs(x, v, a);
    private final List<NDArray> at = values();

    private static List<NDArray> values() {
        var random = new Random(3);
        return List.of(Shape.of(N), Shape.of(N), Shape.of(N, N)).stream()
            .map(s -> NDArray.generateDoubles(DType.FLOAT64, s, _ -> random.nextGaussian())).toList();
    }

    private void takesOneSweep(Expr product, Expr byHand) {
        var f = function(inputs, product);
        var expected = function().inputs(inputs).outputs(product).mode(Mode.REFERENCE).compile().call(at);
        assertThat(f.call(at).allClose(expected, 1e-10, 1e-10)).as(f.pp()).isTrue();
        assertThat((double) f.cost(at).flops()).as(f.pp()).isLessThanOrEqualTo(1.05 * function(inputs, byHand).cost(at).flops());
    }

    @Test void behindAJacobian() { takesOneSweep(dot(dot(j, k.plus(l)), v), rop(layer, x, dot(k, v).plus(dot(l, v)))); }

    @Test void scaledAndSubtracted() {
        takesOneSweep(dot(dot(j, mul(2, k).minus(l)), v).div(3), rop(layer, x, mul(2, dot(k, v)).minus(dot(l, v))).div(3));
    }

    @Test void behindASlice() {
        var sliced = dot(dot(j, k.plus(l)).get(from(1)), v);
        takesOneSweep(sliced, rop(layer, x, dot(k, v).plus(dot(l, v))).get(from(1)));
    }

    @Test void productsWrittenApart() {
        takesOneSweep(dot(mul(3, j), v).plus(sum(j, 1)), rop(layer, x, mul(3, v).plus(1)));
        takesOneSweep(dot(v, j).minus(dot(mul(v, v), j)).plus(v), lop(layer, x, v.minus(mul(v, v))).plus(v));
    }

    @Test void multiplesOfIntegersBesideThemAreNoIntegers() {
        var sum = arange(x.length()).times(0.3).plus(diagonal(jacobian(x, x)));
        assertThat(function(x, sum).call(new double[] {5, 7, 9}).allClose(NDArray.of(new double[] {1, 1.3, 1.6}), 1e-15, 0)).isTrue();
    }

    @Test void derivativesOfUnequalOrdersBesideThemStayApart() {
        var pull = new ProdPull(List.of(0));
        Expr once = pull.apply(List.of(x)), twice = pull.apply(List.of(x, v));
        var other = sin(dot(a, x));
        for (var sum : List.of(twice.plus(once), once.plus(twice)))
            takesOneSweep(sum.plus(dot(j, v).plus(dot(jacobian(other, x), v))), sum.plus(rop(layer, x, v).plus(rop(other, x, v))));
    }

    @Test void otherJacobiansStayApart() {
        var other = jacobian(sin(dot(a, x)), x);
        takesOneSweep(dot(j.plus(other), v), rop(layer, x, v).plus(rop(sin(dot(a, x)), x, v)));
    }

    @Test void whatElseMultipliesOneOfThemStays() {
        takesOneSweep(mul(mul(2, x), dot(j, v)).plus(dot(j, x)), mul(mul(2, x), rop(layer, x, v)).plus(rop(layer, x, x)));
        takesOneSweep(dot(x, j).minus(mul(2, mul(x, dot(v, j)))), lop(layer, x, x).minus(mul(mul(2, x), lop(layer, x, v))));
    }
}

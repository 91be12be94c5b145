package org.agnesi.network;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.dimshuffle;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.stack;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agnesi.Compiled;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What is made of Jacobians costs what the sweeps cost that one would write by hand: one formula for each thing that they once
/// were more for.
class SweepsByHandTest {
    private static final int N = 40;

    private final Expr x = dvector("x");
    private final Expr u = dvector("u");
    private final Expr v = dvector("v");
    private final Expr a = dmatrix("A");
    private final Expr layer = tanh(dot(a, x));
    private final Expr loop = scan(arange(3), x, (_, s) -> tanh(dot(a, s))).get(-1);
    private final List<Expr> inputs = inputs(x, u, v, a);

    private static List<NDArray> at(int n) {
        var random = new Random(n);
        return List.of(Shape.of(n), Shape.of(n), Shape.of(n), Shape.of(n, n)).stream()
            .map(s -> NDArray.generateDoubles(DType.FLOAT64, s, _ -> random.nextGaussian() / Math.sqrt(n))).toList();
    }

    private void costs(Expr product, Expr byHand) { costs(List.of(product), List.of(byHand)); }

    private void costs(List<Expr> products, List<Expr> byHand) {
        var f = compiled(products, Mode.DEFAULT);
        var values = f.callAll(at(5));
        var expected = compiled(products, Mode.REFERENCE).callAll(at(5));
        for (int k = 0; k < products.size(); k++) assertThat(values.get(k).allClose(expected.get(k), 1e-9, 1e-10)).as(f.pp()).isTrue();
        double flops = compiled(byHand, Mode.DEFAULT).cost(at(N)).flops();
        assertThat((double) f.cost(at(N)).flops()).as(f.pp()).isLessThanOrEqualTo(1.1 * flops);
    }

    private Compiled compiled(List<Expr> outputs, Mode mode) {
        return function().inputs(inputs).outputs(outputs.toArray(Expr[]::new)).mode(mode).compile();
    }

    @Test void aNumberOfALoopGoesThroughItForwards() {
        var j = jacobian(loop, x);
        costs(einsum("i,ij,j->", u, j, v), dot(u, rop(loop, x, v)));
        costs(dot(u, dot(j.T(), v)), dot(v, rop(loop, x, u)));
    }

    @Test void whereOneOfTwoIsALoopThatOneIsGoneThroughForwards() {
        var k = jacobian(mul(sin(x), x), x);
        var j = jacobian(loop, x);
        var through = rop(mul(sin(x), x), x, u);
        costs(dot(u, dot(dot(k, j.T()), v)), dot(v, rop(loop, x, through)));
        costs(einsum("i,ij,j->", u, dot(k, j), v), dot(through, rop(loop, x, v)));
    }

    @Test void aProductThatIsWantedItselfIsNotMadeTwice() {
        var j = jacobian(loop, x);
        var swept = lop(loop, x, u);
        var product = dot(u, j);
        costs(List.of(product, dot(product, v)), List.of(swept, dot(swept, v)));
    }

    @Test void aNumberIsMadeAlongTheVectorThatTheJacobiansFormulaHas() {
        var j = jacobian(layer, x);
        var m = jacobian(dot(j.T(), dot(j, v)), x);
        costs(einsum("i,ij,j->", u, m, v), dot(u, rop(lop(layer, x, rop(layer, x, v)), x, v)));
    }

    @Test void aGradientOfAProductThatIsFlatAndBackIsThatOfTheProduct() {
        var m = jacobian(layer, x).reshape(-1).reshape(x.length(), x.length());
        costs(grad(sum(dot(m, v).sqr()), x), grad(sum(rop(layer, x, v).sqr()), x));
    }

    @Test void aGradientGoesThroughTheSweepThatIsThereAlready() {
        var m = jacobian(loop, x).T();
        var swept = lop(loop, x, v);
        costs(grad(sum(dot(m, v).sqr()), x), grad(sum(swept.sqr()), x));
        var shifted = dot(m.minus(mul(0.5, eye(x.length()))), v);
        costs(grad(sum(shifted.sqr()), x), grad(sum(swept.minus(mul(0.5, v)).sqr()), x));
    }

    @Test void aVectorGoesThroughAProductOfSumsInTurn() {
        var k = jacobian(mul(sin(x), x), x);
        var m = dot(jacobian(loop, x), k.plus(outer(u, v)));
        var once = rop(loop, x, rop(mul(sin(x), x), x, v).plus(mul(u, dot(v, v))));
        var back = lop(loop, x, once);
        costs(dot(dot(m.T(), m), v), lop(mul(sin(x), x), x, back).plus(mul(dot(back, u), v)));
        costs(dot(v, dot(m.T(), m)), lop(mul(sin(x), x), x, back).plus(mul(dot(back, u), v)));
    }

    @Test void aProductOfSumsIsOneFactorHoweverItIsMultiplied() {
        var m = dot(dot(jacobian(loop, x), jacobian(layer, x).plus(outer(u, v))), jacobian(mul(sin(x), x), x).minus(jacobian(layer, x)));
        costs(sum(mul(outer(u, v), m)), dot(u, product(v)));
        costs(dot(m.T().reshape(-1), outer(v, u).reshape(-1)), dot(u, product(v)));
        costs(dot(mul(0.5, m.T()).T(), stack(v, u).T()), mul(0.5, stack(product(v), product(u)).T()));
        costs(grad(sum(dot(m, v).sqr()), x), grad(sum(product(v).sqr()), x));
    }

    private Expr product(Expr t) {
        var once = rop(mul(sin(x), x), x, t).minus(rop(layer, x, t));
        return rop(loop, x, rop(layer, x, once).plus(mul(u, dot(v, once))));
    }

    /// The square of a sum of products has a term for each pair of them, where columns of the sum are there to be squared.
    @Test void theNormOfAProductOfSumsIsMadeOfItsColumnsInTurn() {
        var j = jacobian(loop, x);
        var s = mul(0.5, j.plus(j.T()));
        var columns = vectorize(t -> half(loop, mul(u, half(loop, t)))).apply(eye(x.length()));
        costs(sum(dot(s.T(), mul(dimshuffle(u, 0, "x"), s)).sqr()), sum(columns.sqr()));
    }

    /// `A·v` is there: where sizes are known to be small, terms that are added weigh more than a sweep less.
    @Test void aNumberBySeveralTermsStartsWhereAProductIsThere() {
        var x = dvector("x", N);
        var u = dvector("u", N);
        var v = dvector("v", N);
        var a = dmatrix("A", N, N);
        var y = tanh(dot(a, x));
        var j = jacobian(y, x);
        var m = jacobian(dot(j.T(), dot(j, v)), x).minus(mul(0.5, eye(x.length())));
        var number = dot(dot(u, mul(0.5, m.plus(m.T()))), v);
        var k = lop(y, x, rop(y, x, v));
        var byHand = dot(u, mul(0.5, rop(k, x, v).plus(lop(k, x, v)).minus(v)));
        var flops = Stream.of(number, byHand).map(e -> function(inputs(x, u, v, a), e).cost(at(N)).flops()).toList();
        assertThat(flops.getFirst()).isLessThanOrEqualTo(flops.getLast() * 11 / 10);
        var expected = function().inputs(inputs(x, u, v, a)).outputs(number).mode(Mode.REFERENCE).compile().call(at(N));
        assertThat(function(inputs(x, u, v, a), number).call(at(N)).allClose(expected, 1e-9, 1e-10)).isTrue();
    }

    /// What is owed to the softmax by all sweeps goes back through it once.
    @Test void theGradientOfSeveralSweepsGoesOnceThroughWhatTheyShare() {
        var y = softmax(x);
        var j = jacobian(y, x);
        var s = mul(0.5, j.plus(j.T()));
        costs(grad(dot(u, dot(s, dot(s, v))), x), grad(dot(u, half(y, half(y, v))), x));
        costs(grad(sum(dot(s, dot(s, v)).sqr()), x), grad(sum(half(y, half(y, v)).sqr()), x));
    }

    private Expr half(Expr y, Expr t) { return mul(0.5, rop(y, x, t).plus(lop(y, x, t))); }

    @Test void aDampedSquareOfSumsIsNoMatrix() {
        var k = jacobian(mul(sin(x), x), x);
        var difference = k.minus(k);
        var m = dot(difference.T(), difference).plus(mul(0.1, eye(x.length())));
        costs(dot(dot(m.T(), m), v), mul(0.01, v).plus(twice(twice(v.minus(v)))));
    }

    @Test void aSumInTurnHasNoMatrices() {
        var k = jacobian(mul(sin(x), x), x);
        var s = mul(0.5, k.plus(k.T()));
        var m = dot(s.T(), s).plus(mul(0.1, eye(x.length())));
        costs(dot(m, u).plus(dot(v, m)), twice(u).plus(twice(v)).plus(mul(0.1, u.plus(v))));
    }

    private Expr twice(Expr t) { return rop(mul(sin(x), x), x, rop(mul(sin(x), x), x, t)); }

    @Test void aVectorWithItselfIsMadeOnce() {
        var y = outer(layer, sin(x));
        var m = einsum("ikj,k->ij", jacobian(y, x), u);
        var once = dot(rop(y, x, v), u);
        costs(dot(v, dot(dot(m.T(), m), v)), dot(once, once));
    }

    @Test void outerProductsTurnedAreNoMatrices() {
        var m = einsum("iab,b->ia", jacobian(layer, a), v);
        var square = dot(m.T(), m).plus(mul(0.1, eye(x.length())));
        costs(dot(v, dot(dot(square.T(), square), v)), dot(v, damped(damped(v))));
    }

    private Expr damped(Expr t) {
        return dot(lop(layer, a, rop(layer, a, outer(t, v))), v).plus(mul(0.1, t));
    }

    @Test void stepsThatMultiplyWhatIsFlatAndBackAreSweepsOfOneJacobian() {
        var m = jacobian(layer, x).reshape(-1).reshape(x.length(), x.length());
        costs(scan(arange(3), v, (_, t) -> tanh(dot(m, t))).get(-1), scan(arange(3), v, (_, t) -> tanh(rop(layer, x, t))).get(-1));
    }
}

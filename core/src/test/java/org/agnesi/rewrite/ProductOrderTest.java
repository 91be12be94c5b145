package org.agnesi.rewrite;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.diag;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dtensor3;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.eye;
import static org.agnesi.Tensors.matmul;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.outer;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.tensordot;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agnesi.Mode;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chains of plain products cost what the cheapest order costs, by known sizes or assumed ones, at two sizes.
class ProductOrderTest {
    private static final List<Integer> SIZES = List.of(20, 40);

    private final Expr a = dmatrix("A");
    private final Expr b = dmatrix("B");
    private final Expr c = dmatrix("C");
    private final Expr v = dvector("v");
    private final Expr w = dvector("w");
    private final List<Expr> inputs = inputs(a, b, c, v, w);

    private static NDArray array(Random random, int... dims) {
        return NDArray.generateDoubles(DType.FLOAT64, Shape.of(dims), _ -> random.nextGaussian() / 3);
    }

    private static List<NDArray> at(int n) {
        var random = new Random(n);
        return List.of(array(random, n, n), array(random, n, n), array(random, n, n), array(random, n), array(random, n));
    }

    private static void agrees(List<Expr> inputs, Expr chain, List<NDArray> at) {
        var expected = function().inputs(inputs).outputs(chain).mode(Mode.REFERENCE).compile().call(at);
        var f = function(inputs, chain);
        assertThat(f.call(at).allClose(expected, 1e-10, 1e-11)).as(f.pp()).isTrue();
    }

    private static double flops(List<Expr> inputs, Expr e, List<NDArray> at) { return function(inputs, e).cost(at).flops(); }

    private void costs(Expr chain, Expr cheap) {
        for (int n : SIZES) {
            agrees(inputs, chain, at(n));
            assertThat(flops(inputs, chain, at(n))).as(graph(inputs, chain)).isLessThanOrEqualTo(1.02 * flops(inputs, cheap, at(n)));
        }
    }

    private static String graph(List<Expr> inputs, Expr e) { return function(inputs, e).pp(); }

    @Test void theVectorComesFirst() {
        costs(dot(dot(a, b), v), dot(a, dot(b, v)));
        costs(dot(dot(dot(a, b), c), v), dot(a, dot(b, dot(c, v))));
        costs(dot(dot(a, dot(b, c)), v), dot(a, dot(b, dot(c, v))));
        costs(dot(v, dot(a, dot(b, c))), dot(dot(dot(v, a), b), c));
        costs(dot(dot(v, dot(a, dot(b, c))), w), dot(v, dot(a, dot(b, dot(c, w)))));
    }

    /// A factor of known length, which the new order leaves out, told the length of the result.
    @Test void sizesThatWereKnownStayKnown() {
        for (double[] scale : new double[][] {{1, 1, 1}, {1, 2, 3}}) agrees(inputs, dot(v, mul(mul(a, constant(scale)), w)), at(3));
    }

    @Test void aProductThatComesTwiceIsOne() {
        costs(dot(dot(dot(a, a), a), a), dot(dot(a, a), dot(a, a)));
        costs(dot(dot(dot(dot(dot(a, b), c), a), b), c), dot(dot(a, dot(b, c)), dot(a, dot(b, c))));
    }

    @Test void aProductAndItsTransposeAreOne() {
        costs(add(dot(a, b), dot(a, b).T()), add(dot(a, b), c));
        costs(add(dot(a, b), tanh(dot(b.T(), a.T()))), add(dot(a, b), tanh(c)));
        assertThat(graph(inputs, add(dot(a, b), dot(a, b).T()))).isEqualTo("((A \\dot B) + (A \\dot B).T)");
        assertThat(graph(inputs, add(dot(a, b), dot(b, a).T()))).as("another").isEqualTo("((A \\dot B) + (A.T \\dot B.T))");
    }

    @Test void anySpellingAndTransposesAreAsGood() {
        costs(matmul(matmul(a, b), v), dot(a, dot(b, v)));
        costs(tensordot(tensordot(a, b, 1), v, 1), dot(a, dot(b, v)));
        costs(einsum("ik,k->i", einsum("ij,jk->ik", a, b), v), dot(a, dot(b, v)));
        costs(einsum("ij,jk,kl,l->i", a, b, c, v), dot(a, dot(b, dot(c, v))));
        costs(dot(dot(a, b).T(), v), dot(b.T(), dot(a.T(), v)));
        costs(dot(dot(dot(a, b).T(), c.T()), v), dot(b.T(), dot(a.T(), dot(c.T(), v))));
        costs(dot(dot(dot(a, b.T()).T(), c).T(), v), dot(c.T(), dot(a, dot(b.T(), v))));
        costs(dot(outer(v, w), v), dot(w, v).times(v));
        costs(dot(a, dot(outer(v, w), b)), outer(dot(a, v), dot(w, b)));
    }

    @Test void whatScalesAMatrixScalesAVector() {
        costs(dot(mul(a, v), w), dot(a, mul(v, w)));
        costs(dot(mul(v.dimshuffle(0, "x"), a), w), mul(v, dot(a, w)));
        costs(dot(w, mul(v.dimshuffle(0, "x"), a)), dot(mul(v, w), a));
        costs(dot(mul(-0.25, a), w), dot(a, mul(-0.25, w)));
        costs(dot(mul(v.dimshuffle(0, "x"), mul(a, w)).T(), w), mul(w, dot(mul(v, w), a)));
        costs(dot(mul(v.dimshuffle(0, "x"), dot(a, b)), w), mul(v, dot(a, dot(b, w))));
        assertThat(graph(inputs, dot(mul(a, b), v))).isEqualTo("((A * B) \\dot v)");
        assertThat(graph(inputs, dot(mul(a, v), b))).as("little of the whole").isEqualTo("((A * v) \\dot B)");
    }

    @Test void aMatrixWithAMultipleOfIIsAddedToNone() {
        costs(dot(sub(a, mul(0.5, eye(v.length()))), v), sub(dot(a, v), mul(0.5, v)));
        costs(dot(v, add(dot(a, b), diag(w))), add(dot(dot(v, a), b), mul(v, w)));
        costs(dot(v, sub(a, a)), sub(dot(v, a), dot(v, a)));
        costs(dot(outer(v, w).plus(outer(mul(w, w), v)), v), mul(v, dot(w, v)).plus(mul(mul(w, w), dot(v, v))));
        costs(dot(outer(w, v).minus(outer(v, w).minus(outer(mul(w, w), mul(v, v)))), v),
            mul(w, dot(v, v)).minus(mul(v, dot(w, v)).minus(mul(mul(w, w), dot(mul(v, v), v)))));
        assertThat(graph(inputs, dot(a.plus(b), v))).isEqualTo("((A + B) \\dot v)");
        assertThat(graph(inputs, dot(sub(a, a), b))).isEqualTo("((A - A) \\dot B)");
        var shifted = add(a, eye(v.length()));
        agrees(inputs, dot(shifted, v).plus(dot(shifted, w)), at(20));
        var both = function().inputs(inputs).outputs(shifted, dot(shifted, v)).compile();
        assertThat(both.pp()).as("read by others too").contains("eye").doesNotContain("A \\dot v");
    }

    @Test void batchesStayBatches() {
        var x = dtensor3("X");
        var y = dtensor3("Y");
        var z = dmatrix("z");
        var in = inputs(x, y, z);
        for (int n : SIZES) {
            var random = new Random(n);
            var at = List.of(array(random, 3, n, n), array(random, 3, n, n), array(random, 3, n));
            var chain = einsum("bik,bk->bi", matmul(x, y), z);
            agrees(in, chain, at);
            assertThat(flops(in, chain, at)).isLessThanOrEqualTo(1.02 * flops(in, einsum("bij,bj->bi", x, einsum("bjk,bk->bj", y, z)), at));
        }
    }

    @Test void knownSizesDecide() {
        var in = List.of(dmatrix("A", 30, 35), dmatrix("B", 35, 15), dmatrix("C", 15, 5), dmatrix("D", 5, 10), dmatrix("E", 10, 20),
            dmatrix("F", 20, 25));
        var random = new Random(1);
        var at = in.stream().map(e -> array(random, e.type().dim(0), e.type().dim(1))).toList();
        var chain = in.stream().reduce((x, y) -> dot(x, y)).orElseThrow();
        agrees(in, chain, at);
        var cheap = dot(dot(in.get(0), dot(in.get(1), in.get(2))), dot(dot(in.get(3), in.get(4)), in.get(5)));
        assertThat(flops(in, chain, at)).isLessThanOrEqualTo(1.02 * flops(in, cheap, at));
        assertThat(graph(in, cheap)).as("the cheapest order stays").isEqualTo(
            "((A \\dot (B \\dot C)) \\dot ((D \\dot E) \\dot F))");
    }

    @Test void longChainsAreTakenSomeFactorsAtATime() {
        var in = new ArrayList<Expr>();
        for (int k = 0; k < 40; k++) in.add(dmatrix("M" + k));
        var left = in.stream().reduce((x, y) -> dot(x, y)).orElseThrow();
        in.add(v);
        for (int n : List.of(6, 12)) {
            var random = new Random(n);
            var at = in.stream().map(e -> e.type().rank() == 1 ? array(random, n) : array(random, n, n)).toList();
            var cheap = in.reversed().stream().reduce((x, m) -> dot(m, x)).orElseThrow();
            agrees(in, dot(left, v), at);
            assertThat(flops(in, dot(left, v), at)).isLessThanOrEqualTo(1.02 * flops(in, cheap, at));
        }
    }

    @Test void aProductThatOthersReadStays() {
        var ab = dot(a, b);
        for (int n : SIZES) {
            var both = function(inputs, outputs(dot(ab, v), List.of(dot(ab, c))));
            var written = function(inputs, ab);
            assertThat((double) both.cost(at(n)).flops()).isLessThanOrEqualTo(2.2 * written.cost(at(n)).flops());
        }
        assertThat(function(inputs, outputs(dot(ab, v), List.of(ab))).pp()).isEqualTo("[((A \\dot B) \\dot v), (A \\dot B)]");
    }

    @Test void butNotWhereItsFactorsTakeLess() {
        var cost = sum(tanh(dot(dot(a, b), v)));
        for (int n : SIZES) {
            var gradients = function(inputs, outputs(grad(cost, a), List.of(grad(cost, b))));
            assertThat((double) gradients.cost(at(n)).flops()).as(gradients.pp()).isLessThanOrEqualTo(30.0 * n * n);
            var expected = function().inputs(inputs).outputs(grad(cost, a), grad(cost, b)).mode(Mode.REFERENCE).compile().callAll(at(n));
            var found = gradients.callAll(at(n));
            for (int k = 0; k < 2; k++) assertThat(found.get(k).allClose(expected.get(k), 1e-10, 1e-11)).isTrue();
        }
    }

    @Test void whatAnOuterProductIsMadeOfIsMadeOnce() {
        var made = dot(a, v);
        var outer = outer(made, w);
        costs(add(dot(outer, v), add(dot(v, outer), dot(outer, mul(v, v)))),
            add(mul(dot(w, v.plus(mul(v, v))), made), mul(dot(v, made), w)));
    }

    @Test void powersKeepWhatTheyShare() {
        var square = dot(a, a);
        var fourth = dot(square, square);
        costs(dot(square, dot(square, v)), dot(a, dot(a, dot(a, dot(a, v)))));
        costs(dot(fourth, v), dot(a, dot(a, dot(a, dot(a, v)))));
        for (int n : SIZES) assertThat(flops(inputs, fourth, at(n))).isLessThanOrEqualTo(1.02 * 2 * flops(inputs, square, at(n)));
        assertThat(graph(inputs, fourth)).isEqualTo("((A \\dot A) \\dot (A \\dot A))");
    }

    @Test void whatIsCheapestAsItIsWrittenStays() {
        assertThat(graph(inputs, dot(a, dot(b, v)))).isEqualTo("(A \\dot (B \\dot v))");
        assertThat(graph(inputs, dot(dot(v, a), dot(b, w)))).isEqualTo("((v \\dot A) \\dot (B \\dot w))");
        assertThat(graph(inputs, dot(dot(a, b), c))).isEqualTo("((A \\dot B) \\dot C)");
        assertThat(graph(inputs, dot(a, dot(b, c)))).isEqualTo("(A \\dot (B \\dot C))");
    }

    @Test void strictModesKeepTheOrder() {
        var f = function().inputs(inputs).outputs(dot(dot(a, b), v)).mode(Mode.STRICT).compile();
        assertThat(f.pp()).isEqualTo("((A \\dot B) \\dot v)");
        assertThat(f.explain("product-order")).isEqualTo("product-order did not fire: it is of class REAL, which this mode leaves out");
    }

    @Test void itIsExplained() {
        assertThat(function(inputs, dot(dot(a, b), v)).explain().toString()).isEqualTo("""
            product-order
                (A \\dot B) \\dot v → A \\dot (B \\dot v)""");
        assertThat(function(inputs, dot(a, dot(b, c))).explain("product-order")).isEqualTo("product-order did not fire: "
            + "no other order of A \\dot (B \\dot C) is cheaper, where what others read is computed anyway");
    }

    /// What is the same at all steps is multiplied once; what waits for the state is never a product of matrices.
    @ParameterizedTest(name = "{0} steps")
    @ValueSource(ints = {20, 40})
    void loopsMultiplyOnceWhatStaysTheSame(int steps) {
        for (int n : SIZES) {
            var same = scan(arange(steps), v, (_, h) -> tanh(dot(dot(a, b), h).times(0.05)));
            var changing = scan(arange(steps), v, (_, h) -> tanh(dot(dot(a, outer(h, w)), h).times(0.05)));
            agrees(inputs, same, at(n));
            agrees(inputs, changing, at(n));
            double square = (double) n * n;
            assertThat(flops(inputs, same, at(n))).isLessThanOrEqualTo(2.1 * n * square + 2.1 * steps * square + 100.0 * steps * n);
            assertThat(flops(inputs, changing, at(n))).isLessThanOrEqualTo(2.1 * steps * square + 100.0 * steps * n);
        }
    }
}

package org.agnesi.compile;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.concatenate;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.einsum;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// What a loop's steps multiply is not multiplied again on the way back.
class KeptProductsTest {
    private static final int N = 40, H = 128;
    private static final double PRODUCTS = 2.0 * H * H * N;   // a matrix times a vector at each step

    private final Expr W = dmatrix("W");
    private final Expr V = dmatrix("V");
    private final Expr xs = dmatrix("xs");
    private final Expr h0 = dvector("h0");
    private final LoopCost loops = new LoopCost(List.of(W, V, xs, h0),
        (n, h) -> List.of(Shape.of(h, h), Shape.of(h, h), Shape.of(n, h), Shape.of(h)));

    private Cost cost(Expr... out) { return loops.of(N, H, out); }

    private Expr net() { return scan(xs, h0, (x, h) -> tanh(dot(W, h).plus(x))); }

    /// One product forward, and one back.
    @Test void aGradientTakesTwoProductsForEachStep() {
        var gradient = cost(grad(sum(net().get(-1)), h0));
        assertThat(gradient.flops() / PRODUCTS).isBetween(2.0, 2.3);
        assertThat(cost(grad(sum(net()), h0)).flops() / PRODUCTS).isBetween(2.0, 2.3);
    }

    @Test void theGradientByWeightsIsOneMore() {
        assertThat(cost(grad(sum(net()), W)).flops() / PRODUCTS).isBetween(3.0, 3.3);
    }

    /// Its states and their tangents are both multiplied forward: four products, and back four.
    @Test void aProductWithTheHessianMultipliesNothingAgain() {
        var gradient = grad(sum(net()), h0);
        assertThat(cost(rop(gradient, h0, h0)).flops() / PRODUCTS).isBetween(4.0, 4.5);
    }

    @Test void aProductOfAProductIsKeptToo() {
        var states = scan(xs, h0, (x, h) -> tanh(dot(V, tanh(dot(W, h).plus(x)))));
        assertThat(cost(grad(sum(states), h0)).flops() / PRODUCTS).isBetween(4.0, 4.5);
    }

    @Test void soIsOneOfAnOlderState() {
        var loop = scan();
        var x = loop.over(xs);
        var h = loop.state(concatenate(List.of(h0.reshape(1, -1), h0.times(2).reshape(1, -1)), 0), 2);
        h.next(tanh(dot(W, h.previous(2)).plus(dot(V, h.previous(1))).plus(x)));
        assertThat(cost(grad(sum(h.all()), h0)).flops() / PRODUCTS).isBetween(4.0, 4.3);
    }

    @Test void andWhereALoopEndsEarly() {
        var loop = scan();
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        loop.until(sum(h.previous()).gt(1.2));
        assertThat(cost(grad(sum(h.all()), h0)).flops() / PRODUCTS).isBetween(2.0, 2.3);
    }

    /// One product forward, whatever is chosen, and one back.
    @Test void soIsWhatOnlyOneSideOfAChoiceAsksFor() {
        var chosen = ifElse(sum(h0).gt(1e6), h0, grad(sum(net()), h0));
        assertThat(cost(chosen.plus(sum(net()))).flops() / PRODUCTS).isBetween(2.0, 2.3);
    }

    @Test void loopsThatLookAlikeKeepEachTheirOwn() {
        var twice = scan(xs, h0.times(2), (x, h) -> tanh(dot(W, h).plus(x)));
        assertThat(cost(grad(sum(net()), h0), grad(sum(sin(twice)), h0)).flops() / PRODUCTS).isBetween(4.0, 4.6);
    }

    /// A matrix that steps make of vectors is made again: all of them would be more than all states.
    @Test void whatIsLargerThanStatesIsNotKept() {
        var states = scan(xs, h0, (x, h) -> tanh(sum(tanh(einsum("i,ij->ij", h, W)), 1).plus(x)));
        assertThat(cost(grad(sum(states), h0)).largestElements()).isLessThanOrEqualTo((N + 1) * H);
    }
}

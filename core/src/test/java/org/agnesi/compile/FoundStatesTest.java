package org.agnesi.compile;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agnesi.array.Shape;
import org.agnesi.kernel.Cost;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// Loops that wait for another and carry what that carries.
class FoundStatesTest {
    private static final int N = 40, H = 128;
    private static final double PRODUCTS = 2.0 * H * H * N;   // a matrix times a vector at each step

    private final Expr W = dmatrix("W");
    private final Expr xs = dmatrix("xs");
    private final Expr h0 = dvector("h0");
    private final LoopCost loops = new LoopCost(List.of(W, xs, h0), (n, h) -> List.of(Shape.of(h, h), Shape.of(n, h), Shape.of(h)));

    private Cost cost(Expr... out) { return loops.of(N, H, out); }

    private Expr net() { return scan(xs, h0, (x, h) -> tanh(dot(W, h).plus(x))); }

    /// States, and tangents along what these add up to: a product each, of steps.
    @Test void aTangentThatWaitsForTheLoopGoesThroughItsStates() {
        var states = net();
        var tangent = rop(states, h0, sum(states, 0));
        assertThat(cost(tangent).flops() / PRODUCTS).isBetween(2.0, 2.2);
    }

    @Test void soDoesATangentThatWaitsForAnother() {
        var states = net();
        var tangent = rop(states, h0, h0);
        assertThat(cost(sum(states), rop(states, h0, sum(tangent.times(states), 0))).flops() / PRODUCTS).isBetween(3.0, 3.4);
    }

    /// Forward and back for the gradient, and for what it is turned to along itself: four products, of which the tangents'.
    @Test void whatCarriesACotangentBackAgainGoesThroughItToo() {
        var gradient = grad(sum(net().sqr()), h0);
        assertThat(cost(rop(gradient, h0, gradient)).flops() / PRODUCTS).isBetween(4.0, 4.5);
    }

    @Test void nothingIsLeftOfALoopThatCarriesNothingElse() {
        var all = sum(net(), 0);
        var loop = scan();
        var x = loop.over(xs);
        var h = loop.state(h0);
        h.next(tanh(dot(W, h.previous()).plus(x)));
        assertThat(cost(loop.collect(h.previous().times(all)).all()).flops() / PRODUCTS).isBetween(1.0, 1.1);
    }

    /// What of its states only the last is read of has no others.
    @Test void aLoopThatStoresNoStatesIsGoneThroughAgain() {
        var last = net().get(-1);
        assertThat(cost(rop(net().get(-1), h0, last)).largestElements()).isLessThanOrEqualTo(H * H);
    }

    @Test void statesThatDifferStay() {
        var states = net();
        var other = scan(xs, h0.plus(sum(states, 0)), (x, h) -> tanh(dot(W, h).plus(x)));
        assertThat(cost(other).flops() / PRODUCTS).isBetween(2.0, 2.2);
    }

    @Test void anOlderStateKeepsItsPlace() {
        var loop = scan();
        var x = loop.over(xs);
        var h = loop.state(xs.get(new int[] {0, 0}), 2);
        h.next(tanh(dot(W, h.previous(2)).plus(x.times(h.previous(1)))));
        var states = h.all();
        assertThat(cost(rop(states, xs, mul(xs, sum(states, 0)))).flops() / PRODUCTS).isBetween(2.0, 2.3);
    }
}

package org.agnesi.compile;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.junit.jupiter.api.Test;

/// A loop in the steps of another, some of whose states are the same at all of them.
class SplitLoopsTest {
    private static final int OUTER = 6, INNER = 5, H = 128;
    private static final double PRODUCT = 2.0 * H * H;

    private final Expr W = dmatrix("W");
    private final Expr xs = dmatrix("xs");
    private final Expr h0 = dvector("h0");
    private final Expr v = dvector("v");
    private final LoopCost loops = new LoopCost(List.of(W, xs, h0, v),
        (n, h) -> List.of(Shape.of(h, h), Shape.of(n, h), Shape.of(h), Shape.of(h)));

    /// How many products of the matrix and a vector it takes.
    private double products(Expr y) { return loops.of(INNER, H, y).flops() / PRODUCT; }

    private Expr net(Expr h) { return scan(xs, h, (x, s) -> tanh(dot(W, s).plus(x))).get(-1); }

    private Expr outer(UnaryOperator<Expr> step) { return scan(arange(OUTER), v, (_, t) -> tanh(step.apply(t))).get(-1); }

    @Test void aNetsStatesAreMadeOnceForAllTangents() {
        var j = jacobian(net(h0), h0);
        assertThat(products(outer(t -> dot(j, t)))).isBetween(INNER * (1.0 + OUTER), INNER * (1.25 + 1.1 * OUTER));
    }

    @Test void andForTangentsAndCotangents() {
        var j = jacobian(net(h0), h0);
        assertThat(products(outer(t -> dot(dot(j.T(), j), t)))).isBetween(INNER * (1.0 + 2 * OUTER), INNER * (1.25 + 2.2 * OUTER));
    }

    /// States and cotangents once, or nearly, and per outer step tangents of both.
    @Test void cotangentsAreMadeOnceForAllTangentsOfThem() {
        var gradient = grad(sum(net(h0).sqr()), h0);
        assertThat(products(outer(t -> rop(gradient, h0, t)))).isBetween(INNER * (2.0 + 2 * OUTER), INNER * (4.3 + 2.2 * OUTER));
    }

    @Test void statesThatDifferFromStepToStepStay() {
        var both = outer(t -> scan(xs, List.of(h0.plus(t), t),
            (x, s) -> List.of(tanh(dot(W, s.get(0)).plus(x)), dot(W, s.get(1)).times(s.get(0)))).get(1).get(-1));
        assertThat(products(both)).isBetween(2.0 * INNER * OUTER, 2.3 * INNER * OUTER);
    }

    @Test void onesThatNeedSuchStatesStayToo() {
        var both = outer(t -> scan(xs, List.of(h0, t), (x, s) -> List.of(tanh(dot(W, s.get(0)).plus(s.get(1))), dot(W, s.get(1)).times(x)))
            .get(0).get(-1).times(constant(0.5)));
        assertThat(products(both)).isBetween(2.0 * INNER * OUTER, 2.3 * INNER * OUTER);
    }

    @Test void anOlderStateKeepsItsPlace() {
        var two = outer(t -> {
            var loop = scan();
            var x = loop.over(xs);
            var h = loop.state(xs.get(new int[] {0, 0}), 2);
            var d = loop.state(t);
            h.next(tanh(dot(W, h.previous(2)).plus(x.times(h.previous(1)))));
            d.next(dot(W, d.previous()).times(h.previous(2)).plus(h.previous(1)));
            return d.all().get(-1);
        });
        assertThat(products(two)).isBetween(INNER * (1.0 + OUTER), INNER * (1.25 + 1.15 * OUTER));
    }
}

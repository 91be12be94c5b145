package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Extreme;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;

/// The loop that goes downhill: Newton's steps by conjugate gradients on products with the Hessian, halved until the value is less.
///
/// Inner steps end at a direction that curves down, and are as exact as the outer ones are short (Nocedal and Wright,
/// *Numerical Optimization*, 2006, algorithm 7.1). Close to the minimum values no longer differ; there gradients decide (Hager and
/// Zhang, 2005).
record Descent(Minimize op, List<Expr> in) {
    private static final double LESS = 1e-4, ROUNDING = 8, ROUGH = 0.1;
    private static final int STEPS = 200;

    Expr solved() {
        var search = new Search(op, in);
        var value = search.state(Double.POSITIVE_INFINITY);
        var slope = search.state(0);
        var y = search.y();
        var at = Implicit.at(y, in);
        var f = op.f().apply(at).getFirst();
        var g = op.equation().apply(at).getFirst();
        var own = Steps.norm(g);
        var before = value.previous(1);
        var less = Compare.le(f, before.plus(slope.previous(1).times(search.length.previous(1)).times(LESS)));
        var level = Logical.and(Compare.le(f, before.plus(before.abs().times(ROUNDING * Solving.epsilon(f)))),
            Compare.lt(own, search.size.previous(1)));
        var taken = Logical.and(Logical.and(Compare.isfinite(f), Compare.isfinite(own)), Logical.or(less, level));
        var next = IfElse.ifElse(taken, direction(g, exact(search, y), at), search.step.previous(1));
        search.step.next(next);
        Search.next(value, taken, f);
        Search.next(slope, taken, ConjugateGradients.dot(g, next));
        search.go(taken, y, own, next, STEPS);
        return search.ended(search.step, _ -> constant(true), "a point where the function is least", "its gradient's norm");
    }

    /// The part of the gradient that a step may leave: as small as the step before was, relative to x.
    private static Expr exact(Search search, Expr y) {
        var rough = search.number(ROUGH);
        var moved = Steps.norm(search.moved()).div(Steps.norm(y).plus(search.number(Solving.epsilon(y))));
        return Where.where(Compare.isfinite(search.size.previous(1)), Extreme.minimum(rough, moved), rough);
    }

    /// A step that makes the quadratic model less, up to a rest of `exact` times the gradient.
    private Expr direction(Expr g, Expr exact, List<Expr> at) {
        var linear = new Linear(op.name(), op.formula(in), op.equation(), at, true, false);
        var hessian = linear.products();
        var args = linear.arguments(g);
        var loop = new OpenLoop();
        var v = loop.state(Connection.zeros(g), 1);
        var rest = loop.state(Neg.neg(g), 1);
        var way = loop.state(Neg.neg(g), 1);
        var moved = hessian.times(way.previous(1), args);
        var size = ConjugateGradients.dot(rest.previous(1), rest.previous(1));
        var curve = ConjugateGradients.dot(way.previous(1), moved);
        var convex = Compare.gt(curve, constant(0));
        var along = size.div(Where.where(convex, curve, 1));
        var begun = Compare.gt(ConjugateGradients.dot(v.previous(1), v.previous(1)), constant(0));
        v.next(Where.where(convex, v.previous(1).plus(Mul.mul(along, way.previous(1))),
            Where.where(begun, v.previous(1), way.previous(1))));
        var left = rest.previous(1).minus(Mul.mul(along, moved));
        rest.next(left);
        var next = ConjugateGradients.dot(left, left);
        way.next(left.plus(Mul.mul(next.div(Where.where(Compare.gt(size, constant(0)), size, 1)), way.previous(1))));
        loop.until(Logical.or(Logical.not(convex), Compare.le(next, Mul.mul(Mul.mul(exact, exact), ConjugateGradients.dot(g, g)))));
        loop.steps(ConjugateGradients.count(g).plus(constant(20)));
        return loop.finish().last().get(v.index());
    }
}

package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Logical;
import org.agnesi.op.Mul;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Sqr;
import org.agnesi.op.Sum;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;

/// The loop that solves `A v = b` by products: with A where that is positive definite, else with A and Aᵀ.
///
/// Hestenes and Stiefel, *Methods of Conjugate Gradients for Solving Linear Systems* (1952), §3 and, as CGLS, §10: on `AᵀA v = Aᵀb`
/// without making that product, which cannot break down.
///
/// @param in `b`, then what the product captures
record ConjugateGradients(LinearSolve equations, List<Expr> in) {
    private static final double ULPS = 64;
    private static final long SPARE_STEPS = 100, STEPS_PER_ELEMENT = 10;

    /// What solves them, or an error.
    Expr solved() {
        var b = in.getFirst();
        var wanted = wanted(b);
        var last = run(Mul.mul(count(b), constant(STEPS_PER_ELEMENT)).plus(SPARE_STEPS));
        return Found.found(last.getFirst(), Compare.le(dot(last.get(1), last.get(1)), wanted), equations.failure());
    }

    /// What solves them as far as they can be, and the norm of what is left.
    List<Expr> nearest() {
        var last = run(count(in.getFirst()).plus(constant(SPARE_STEPS)));
        return List.of(last.getFirst(), Steps.norm(last.get(1)));
    }

    /// The last `v`, and what is left of `b`.
    private List<Expr> run(Expr steps) {
        var b = in.getFirst();
        var symmetric = equations.symmetric();
        var transposed = equations.transposed();
        var loop = new OpenLoop();
        var first = symmetric ? b : transposed.times(b, in);
        var v = loop.state(Connection.zeros(b), 1);
        var rest = loop.state(b, 1);
        var way = loop.state(first, 1);                     // the direction of the step
        var size = loop.state(dot(first, first), 1);        // of the rest, or of Aᵀ times it
        var moved = equations.times(way.previous(1), in);
        var step = ratio(size.previous(1), symmetric ? dot(way.previous(1), moved) : dot(moved, moved));
        v.next(v.previous(1).plus(Mul.mul(step, way.previous(1))));
        var left = rest.previous(1).minus(Mul.mul(step, moved));
        rest.next(left);
        var turned = symmetric ? left : transposed.times(left, in);
        var next = dot(turned, turned);
        size.next(next);
        way.next(turned.plus(Mul.mul(ratio(next, size.previous(1)), way.previous(1))));
        loop.until(Logical.or(Compare.le(dot(left, left), wanted(b)), Compare.le(next, constant(0))));
        loop.steps(steps);
        return loop.finish().last();
    }

    private static Expr wanted(Expr b) { return Steps.number(b, Math.pow(ULPS * Solving.epsilon(b), 2)).times(dot(b, b)); }

    /// 0 where the divisor is: the equations are solved, or cannot be.
    private static Expr ratio(Expr a, Expr b) {
        var none = Compare.le(b, constant(0));
        return Where.where(none, 0, a.div(Where.where(none, 1, b)));
    }

    static Expr dot(Expr a, Expr b) { return a == b ? Sum.sum(Sqr.sqr(a)) : Sum.sum(Mul.mul(a, b)); }

    static Expr count(Expr x) { return x.lengths().stream().reduce(Mul::mul).orElse(Constant.index(1)); }
}

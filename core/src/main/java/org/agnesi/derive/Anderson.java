package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Concatenate;
import org.agnesi.op.Construction;
import org.agnesi.op.Diagonal;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.LoopState;
import org.agnesi.op.OpenLoop;
import org.agnesi.op.Products;
import org.agnesi.op.Repetition;
import org.agnesi.op.Reshape;
import org.agnesi.op.Solve;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Index;

/// The loop `x ← g(x)`, extrapolated from its last steps: that combination of their results whose steps nearly cancel.
///
/// Anderson, *Iterative Procedures for Nonlinear Integral Equations* (1965), as in Walker and Ni (2011). Nothing is extrapolated from
/// a step that became longer.
record Anderson(FixedPoint op, List<Expr> in) {
    private static final double DIGITS = 0.75, SPARE_ULPS = 10;
    private static final int STEPS = 1000, REMEMBERED = 5;

    Expr solved() {
        var start = Reshape.reshape(in.getFirst(), -1);
        var loop = new OpenLoop();
        var x = loop.state(start, 1);
        var value = loop.state(Connection.zeros(start), 1);
        var step = loop.state(Connection.zeros(start), 1);
        var size = loop.state(Steps.number(start, Double.POSITIVE_INFINITY), 1);
        var values = loop.state(nothing(start), 1);   // by how much values and steps changed, the latest last
        var steps = loop.state(nothing(start), 1);
        var g = applied(x.previous(1));
        var own = g.minus(x.previous(1));
        var length = Steps.norm(own);
        var started = Compare.isfinite(size.previous(1));
        var changed = appended(values, Where.where(started, g.minus(value.previous(1)), 0));
        var changes = appended(steps, Where.where(started, own.minus(step.previous(1)), 0));
        x.next(g.minus(Products.dot(Where.where(Compare.le(length, size.previous(1)), weights(changes, own), 0), changed)));
        value.next(g);
        step.next(own);
        // what runs away is reported by the last distance that could be told: infinite ones are for starts without a value
        size.next(Where.where(Compare.isfinite(length), length, size.previous(1)));
        values.next(changed);
        steps.next(changes);
        loop.until(isFound(own, g));
        loop.steps(constant(op.solving().steps(STEPS)));
        var done = loop.finish();
        var last = done.last();
        return Steps.ended(op, in, Reshape.reshape(last.get(value.index()), in.getFirst().lengths()),
            isFound(last.get(step.index()), last.get(value.index())),
            "a point that the function gives back", "the distance of what it gives", last.get(size.index()), done.steps());
    }

    private Expr isFound(Expr step, Expr x) {
        return Steps.isSmall(step, x, op.solving().tolerance(x, DIGITS), Solving.epsilon(x));
    }

    private Expr applied(Expr x) {
        return Reshape.reshape(op.f().apply(Implicit.at(Reshape.reshape(x, in.getFirst().lengths()), in)).getFirst(), -1);
    }

    private static Expr nothing(Expr x) {
        int rows = x.type().isKnown(0) ? Math.clamp(x.type().dim(0), 1, REMEMBERED) : REMEMBERED;
        return Repetition.broadcastTo(Steps.number(x, 0), rows, x.length());
    }

    private static Expr appended(LoopState rows, Expr last) {
        var kept = rows.previous(1).get(new Index.Range(1, null, 1));
        return Concatenate.concatenate(List.of(kept, DimShuffle.expandDims(last, 0)), 0);
    }

    /// The `γ` that makes `‖own − γ·steps‖` least, kept small where steps hardly differ.
    private static Expr weights(Expr steps, Expr own) {
        var square = Products.dot(steps, steps.T());
        var trace = Diagonal.trace(square);
        var spare = Where.where(Compare.gt(trace, constant(0)), trace.times(Steps.number(own, SPARE_ULPS * Solving.epsilon(own))), 1);
        var right = Products.dot(steps, own);
        return Solve.solve(square.plus(Construction.eyeLike(square).times(spare)), right);
    }
}

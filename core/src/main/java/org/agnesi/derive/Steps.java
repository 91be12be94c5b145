package org.agnesi.derive;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Logical;
import org.agnesi.op.Norm;
import org.agnesi.symbolic.Expr;

/// How solvers judge their steps, in the dtype of the unknown.
final class Steps {
    private Steps() {}

    /// Steps cut this short lead nowhere.
    static final double STALLED = 0x1p-40;

    static Expr number(Expr x, double value) { return Constant.of(value, x.type().dtype()); }

    static Expr norm(Expr x) { return x.type().rank() == 0 ? x.abs() : Norm.norm(x); }

    /// Whether `step` is below `tolerance · (‖x‖ + spare)`, which nothing is where x ran away to where its norm overflows.
    static Expr isSmall(Expr step, Expr x, double tolerance, double spare) {
        var length = norm(x);
        return Logical.and(Compare.isfinite(length), Compare.le(norm(step), length.plus(number(x, spare)).times(number(x, tolerance))));
    }

    /// Whether a solver that ended with this step found x: it is small; or nothing better could be found,
    /// and it is small for numbers about 1.
    static Expr isFound(Expr step, Expr x, double tolerance, Expr length) {
        var stalled = Logical.and(Compare.lt(length, constant(STALLED)), isSmall(step, x, tolerance, 1));
        return Logical.or(isSmall(step, x, tolerance, tolerance), stalled);
    }

    /// `x` where a solver found it; else an error that says how far off it is, and after how many steps.
    ///
    /// @param off its distance in terms of the function, infinite where not even the start had a value
    static Expr ended(Implicit op, List<Expr> in, Expr x, Expr found, String wanted, String distance, Expr off, Expr steps) {
        var formula = op.formula(in).replace("%", "%%");
        var begun = Found.found(x, Compare.isfinite(off), """
            %s needs a start where the function and its derivatives are finite, but %s has none at x0
            Start elsewhere.""".formatted(op.name(), formula));
        return Found.found(begun, found, """
            %s needs %s, but for %s %s is %%s at step %%s
            Start nearer to it, allow more with maxSteps(n), or accept less with tolerance(t).""".formatted(
            op.name(), wanted, formula, distance), off, steps);
    }
}

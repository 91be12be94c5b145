package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The elementwise larger of two tensors, NaN where either is; at a tie each gets half of the derivative.
public record Maximum() implements Binary {
    public static Expr maximum(Expr a, Expr b) { return new Maximum().apply(List.of(a, b)); }

    @Override public double eval(double a, double b) { return Math.max(a, b); }
    @Override public long eval(long a, long b) { return Math.max(a, b); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.max(a, b); }
    @Override public boolean isCommutative() { return true; }

    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(Partial.symmetric(g -> share(g, a, b)), Partial.symmetric(g -> share(g, b, a)));
    }

    /// All of `g` where `a` is the larger, half of it at a tie.
    private static Expr share(Expr g, Expr a, Expr b) {
        var tied = Where.where(Compare.eq(a, b), Mul.mul(g, constant(0.5)), constant(0));
        return Where.where(Compare.gt(a, b), g, tied);
    }
}

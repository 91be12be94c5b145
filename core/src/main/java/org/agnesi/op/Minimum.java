package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The elementwise smaller of two tensors, NaN where either is; at a tie each gets half of the derivative.
public record Minimum() implements Binary {
    public static Expr minimum(Expr a, Expr b) { return new Minimum().apply(List.of(a, b)); }

    @Override public double eval(double a, double b) { return Math.min(a, b); }
    @Override public long eval(long a, long b) { return Math.min(a, b); }
    @Override public Scalar code(Scalar a, Scalar b) { return Scalar.min(a, b); }
    @Override public boolean isCommutative() { return true; }

    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(Partial.symmetric(g -> share(g, a, b)), Partial.symmetric(g -> share(g, b, a)));
    }

    /// All of `g` where `a` is the smaller, half of it at a tie.
    private static Expr share(Expr g, Expr a, Expr b) {
        var tied = Where.where(Compare.eq(a, b), Mul.mul(g, constant(0.5)), constant(0));
        return Where.where(Compare.lt(a, b), g, tied);
    }
}

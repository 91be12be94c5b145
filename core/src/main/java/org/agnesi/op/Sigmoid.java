package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;

/// The elementwise logistic function `1 / (1 + e⁻ˣ)`, which never overflows.
public record Sigmoid() implements Unary {
    public static Expr sigmoid(Expr x) { return new Sigmoid().apply(x); }

    @Override public double eval(double x) { return x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x)); }

    /// `y · σ(−x)`: `1 − y` would cancel where y is near 1.
    @Override public Expr derivative(Expr x, Expr y) { return Mul.mul(y, sigmoid(opposite(x))); }

    private static Expr opposite(Expr x) { return x.node().op() instanceof Neg ? x.node().arg(0) : Neg.neg(x); }

    /// From `e = exp(−|x|)`, which σ(x) and σ(−x) share.
    @Override public Scalar code(Scalar x) {
        var e = Scalar.exp(Scalar.neg(Scalar.abs(x)));
        var one = Scalar.like(x, 1);
        return Scalar.div(Scalar.select(Scalar.lt(x, Scalar.like(x, 0)), e, one), Scalar.add(one, e));
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return true; }
}

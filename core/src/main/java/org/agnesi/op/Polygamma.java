package org.agnesi.op;

import java.util.List;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Symbol;

/// The elementwise polygamma function `ψ⁽ⁿ⁾(x)`, the n-th derivative of digamma.
///
/// @param order n, from 1
public record Polygamma(int order) implements Unary {
    /// Bernoulli numbers B₂, B₄, …, for the asymptotic series.
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330};

    public static Expr polygamma(int order, Expr x) {
        if (order < 0) throw new TypeError("""
            polygamma needs an order of 0 or more, but got %d
            Order 0 is digamma; lgamma is what that is the derivative of.""".formatted(order));
        return order == 0 ? Digamma.digamma(x) : new Polygamma(order).apply(x);
    }

    /// `(−1)ⁿ⁺¹ n! Σ (x + k)⁻ⁿ⁻¹`, the terms up to 20 + n one by one, the rest by Euler and Maclaurin.
    @Override public double eval(double x) {
        double n = order, sum = 0, at = x, factorial = 1;
        if (x < -1e6) return Double.NaN; // too many terms one by one
        if (x <= 0 && x == Math.rint(x)) return order % 2 == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        for (; at < 20 + n; at++) sum += StrictMath.pow(at, -n - 1);
        sum += StrictMath.pow(at, -n) / n + StrictMath.pow(at, -n - 1) / 2;
        double rising = (n + 1) / 2;
        for (int k = 1; k <= BERNOULLI.length; k++) {
            sum += BERNOULLI[k - 1] * rising * StrictMath.pow(at, -n - 2 * k);
            rising *= (n + 2 * k) * (n + 2 * k + 1) / ((2 * k + 1) * (2 * k + 2.0));
        }
        for (int k = 2; k <= order; k++) factorial *= k;
        return (order % 2 == 1 ? 1 : -1) * factorial * sum;
    }

    @Override public Expr derivative(Expr x, Expr y) { return polygamma(order + 1, x); }
    @Override public Scalar code(Scalar x) { throw new UnsupportedOperationException("polygamma has no scalar program yet"); }
    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        return new Lowering.Eval("polygamma has no scalar program yet");
    }
    @Override public Symbol symbol() { return Symbol.call("polygamma", "order=" + order); }
}

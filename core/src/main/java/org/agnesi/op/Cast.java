package org.agnesi.op;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// The same values in another dtype; written `float32(x)`.
public record Cast(DType to) implements Elementwise {
    public static Expr cast(Expr x, DType to) {
        Required.argument("cast", x);
        Required.of("cast", "a dtype", to);
        return !x.isPattern() && x.type().dtype() == to && !x.isWeak() ? x : Expr.of(new Cast(to), x);
    }

    @Override public DType result(DType compute) { return to; }
    @Override public NDArray value(List<NDArray> in) { return in.getFirst().cast(to); }
    @Override public Scalar code(List<Scalar> x) { return Scalar.cast(to, x.getFirst()); }
    @Override public Symbol symbol() { return Symbol.call(to.toString()); }

    /// Rounding to integers changes in steps; the rest is linear.
    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var back = in.getFirst().type().dtype().floating();
        return List.of(to.isFloating() ? Partial.linear(dx -> cast(dx, to), g -> cast(g, back)) : Partial.zero());
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return to.isFloating() && of.test(in.getFirst()); }

    @Override public boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) {
        var from = in.getFirst().type().dtype();
        return !from.isFloating() || from == to && of.test(in.getFirst());
    }
}

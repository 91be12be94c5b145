package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// The elementwise larger or smaller of two tensors, NaN where either is; at a tie each gets half of the derivative.
///
/// @param relation what the chosen one is to the other: GT or LT
public record Extreme(Relation relation) implements Binary {
    public static Expr maximum(Expr a, Expr b) { return new Extreme(Relation.GT).apply(a, b); }
    public static Expr minimum(Expr a, Expr b) { return new Extreme(Relation.LT).apply(a, b); }

    public Extreme {
        if (relation != Relation.GT && relation != Relation.LT)
            throw new IllegalArgumentException("neither larger nor smaller: " + relation);
    }

    public boolean isLarger() { return relation == Relation.GT; }

    @Override public double eval(double a, double b) { return isLarger() ? Math.max(a, b) : Math.min(a, b); }
    @Override public long eval(long a, long b) { return isLarger() ? Math.max(a, b) : Math.min(a, b); }
    @Override public Scalar code(Scalar a, Scalar b) { return isLarger() ? Scalar.max(a, b) : Scalar.min(a, b); }
    @Override public boolean isCommutative() { return true; }
    @Override public String name() { return isLarger() ? "maximum" : "minimum"; }

    @Override public List<Partial> partials(Expr a, Expr b, Expr y) {
        return List.of(Partial.symmetric(g -> share(g, a, b)), Partial.symmetric(g -> share(g, b, a)));
    }

    /// All of `g` where `a` is the one, half of it at a tie.
    private Expr share(Expr g, Expr a, Expr b) {
        var tied = Where.where(Compare.eq(a, b), Mul.mul(g, constant(0.5)), constant(0));
        return Where.where(Compare.compare(relation, a, b), g, tied);
    }

    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) {
        return isLarger() && in.stream().anyMatch(x -> x.type().dtype().isFloating() && of.test(x));
    }
}

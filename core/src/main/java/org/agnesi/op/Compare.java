package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import java.util.Locale;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.kernel.Relation;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// An elementwise comparison; false where either operand is NaN, but for `ne`.
public record Compare(Relation relation) implements Elementwise {
    public static Expr lt(Expr a, Expr b) { return compare(Relation.LT, a, b); }
    public static Expr le(Expr a, Expr b) { return compare(Relation.LE, a, b); }
    public static Expr gt(Expr a, Expr b) { return compare(Relation.GT, a, b); }
    public static Expr ge(Expr a, Expr b) { return compare(Relation.GE, a, b); }
    public static Expr eq(Expr a, Expr b) { return compare(Relation.EQ, a, b); }
    public static Expr ne(Expr a, Expr b) { return compare(Relation.NE, a, b); }

    /// Only NaN differs from itself.
    public static Expr isnan(Expr x) { return ne(Required.argument("isnan", x), x); }
    public static Expr isinf(Expr x) { return eq(Abs.abs(Required.argument("isinf", x)), constant(Double.POSITIVE_INFINITY)); }
    public static Expr isfinite(Expr x) { return lt(Abs.abs(Required.argument("isfinite", x)), constant(Double.POSITIVE_INFINITY)); }

    static Expr compare(Relation relation, Expr a, Expr b) { return new Compare(relation).apply(a, b); }

    @Override public DType result(DType compute) { return DType.BOOL; }
    @Override public boolean isCommutative() { return relation == Relation.EQ || relation == Relation.NE; }
    @Override public Scalar code(List<Scalar> x) { return Scalar.compare(relation, x.get(0), x.get(1)); }
    @Override public String name() { return relation.name().toLowerCase(Locale.ROOT); }
    @Override public Symbol symbol() { return Symbol.call(name()); }
    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.zero(), Partial.zero()); }

    @Override public NDArray value(List<NDArray> in) {
        var dtype = DType.promote(in.get(0).dtype(), in.get(1).dtype());
        var a = in.get(0).cast(dtype);
        var b = in.get(1).cast(dtype);
        return NDArray.generateBooleans(a.shape(), i -> dtype.isFloating()
            ? relation.holds(a.doubleAt(i), b.doubleAt(i)) : relation.holds(a.longAt(i), b.longAt(i)));
    }
}

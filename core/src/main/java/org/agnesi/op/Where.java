package org.agnesi.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `c ? a : b`, element by element. Its derivative is safe: nothing, not even NaN, comes back through the branch not taken.
public record Where() implements Elementwise {
    public static Expr where(Expr c, Object a, Object b) {
        var fitted = Promotion.fitLiterals(List.of(Constant.constant(a), Constant.constant(b)));
        return new Where().apply(List.of(Cast.cast(Required.of("where", "a condition", c), DType.BOOL), fitted.get(0), fitted.get(1)));
    }

    @Override public Expr apply(List<Expr> in) {
        return in.stream().anyMatch(Expr::isPattern) ? Expr.of(this, in) : Expr.of(this, Broadcast.align(name(), in));
    }

    @Override public TensorType type(List<Expr> in) {
        return Elementwise.super.type(in).with(DType.promote(in.get(1).type().dtype(), in.get(2).type().dtype()));
    }

    @Override public NDArray value(List<NDArray> in) {
        var c = in.get(0);
        var dtype = DType.promote(in.get(1).dtype(), in.get(2).dtype());
        var a = in.get(1).cast(dtype);
        var b = in.get(2).cast(dtype);
        if (dtype.isFloating()) return NDArray.generateDoubles(dtype, c.shape(), i -> c.booleanAt(i) ? a.doubleAt(i) : b.doubleAt(i));
        if (dtype.isBool()) return NDArray.generateBooleans(c.shape(), i -> c.booleanAt(i) ? a.booleanAt(i) : b.booleanAt(i));
        return NDArray.generateLongs(dtype, c.shape(), i -> c.booleanAt(i) ? a.longAt(i) : b.longAt(i));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var c = in.getFirst();
        return List.of(Partial.zero(),
            Partial.symmetric(g -> where(c, g, Constant.of(0, g.type().dtype()))),
            Partial.symmetric(g -> where(c, Constant.of(0, g.type().dtype()), g)));
    }

    /// Sets the mask: below `a` what `c` picks, below `b` the rest.
    @Override public List<@Nullable Expr> activeBelow(List<Expr> in, Expr out, @Nullable Expr active) {
        var c = in.getFirst();
        var rest = Logical.not(c);
        return Arrays.asList(null, active == null ? c : Logical.and(active, c), active == null ? rest : Logical.and(active, rest));
    }

    @Override public boolean isChoice() { return true; }

    @Override public Lowering lower(List<Operand> in, List<Operand> out) {
        var dtype = out.getFirst().dtype();
        return new Lowering.Pointwise(code(List.of(
            in.get(0).here(), Scalar.cast(dtype, in.get(1).here()), Scalar.cast(dtype, in.get(2).here()))));
    }

    @Override public Scalar code(List<Scalar> x) { return Scalar.select(x.get(0), x.get(1), x.get(2)); }
    @Override public boolean isNonNegative(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.get(1)) && of.test(in.get(2)); }
    @Override public boolean isFinite(List<Expr> in, Expr y, Predicate<Expr> of) { return of.test(in.get(1)) && of.test(in.get(2)); }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;

/// How Java literals and tensors of several dtypes meet: NumPy's table, in which a literal gives way.
///
/// | literal | meets         | becomes |
/// |---------|---------------|---------|
/// | `0.5`   | float32       | float32 |
/// | `0.5`   | an integer    | float64 |
/// | `2`     | float32       | float32 |
/// | `2`     | an integer    | that integer's dtype, or an error where it does not fit |
/// | `2`     | bool          | int64   |
public final class Promotion {
    private Promotion() {}

    /// The dtype of all operands together.
    public static DType of(List<Expr> in) {
        return in.stream().map(e -> e.type().dtype()).reduce(DType::promote).orElseThrow();
    }

    /// The operands with literals fitted to the typed ones; all as they are where none or all are literals.
    public static List<Expr> fitLiterals(List<Expr> in) {
        var typed = in.stream().filter(e -> !e.isWeak()).toList();
        if (typed.isEmpty() || typed.size() == in.size()) return in;
        var common = of(typed);
        var fitted = new ArrayList<Expr>(in.size());
        for (var e : in) fitted.add(e.isWeak() ? fit(e, common) : e);
        return Collections.unmodifiableList(fitted);
    }

    private static Expr fit(Expr literal, DType common) {
        var own = literal.type().dtype();
        var target = target(own, common);
        if (target == own || DType.promote(own, common) == target) return literal;
        return literal.node().op() instanceof Constant(var value, var _)
            ? Expr.of(new Constant(checked(value, target), false)) : Cast.cast(literal, target);
    }

    private static DType target(DType own, DType common) {
        if (own.isBool() || common.isFloating()) return common;
        if (own.isFloating()) return DType.FLOAT64;
        return common.isBool() ? own : common;
    }

    private static NDArray checked(NDArray value, DType target) {
        var cast = value.cast(target);
        boolean kept = target.isFloating()
            ? Double.isFinite(cast.toDouble()) || !Double.isFinite(value.toDouble())
            : cast.toLong() == value.toLong();
        if (kept) return cast;
        throw new TypeError("""
            the literal %s does not fit %s, the dtype of the other operand
            Cast that operand to a wider dtype first.""".formatted(value, target));
    }
}

package org.agnesi.rewrite;

import java.util.List;
import java.util.function.Predicate;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A variable of a rule: stands for any one expression that it accepts, the same one wherever it is written.
///
/// @param label   its name; two of one name are one
/// @param kind    what it accepts, in a word for messages; empty for anything
/// @param accepts decides
public record Wild(String label, String kind, Predicate<Expr> accepts) implements OpN {

    /// Stands for any expression.
    public static Expr any(String label) { return of(label, "", e -> true); }

    /// Stands for an expression of a floating dtype: integers wrap around, so fewer laws hold for them.
    public static Expr floating(String label) { return of(label, "floating", e -> e.type().dtype().isFloating()); }

    /// Stands for a tensor all of whose elements are one known number.
    public static Expr literal(String label) { return of(label, "a literal", e -> Uniform.of(e) != null); }

    /// Stands for what `accepts` accepts.
    public static Expr of(String label, String kind, Predicate<Expr> accepts) { return Expr.of(new Wild(label, kind, accepts)); }

    @Override public boolean isPattern() { return true; }
    @Override public boolean isMergeable() { return false; }
    @Override public String name() { return label; }
    @Override public Symbol symbol() { return new Symbol.Leaf(label); }
    @Override public TensorType type(List<Expr> in) { throw isNoTensor(); }
    @Override public NDArray value(List<NDArray> in) { throw isNoTensor(); }
    @Override public List<Partial> partials(List<Expr> in, Expr out) { throw isNoTensor(); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { throw isNoTensor(); }

    private IllegalStateException isNoTensor() {
        return new IllegalStateException(label + " stands for a tensor in a rule and is none itself");
    }
}

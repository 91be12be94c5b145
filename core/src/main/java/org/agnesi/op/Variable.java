package org.agnesi.op;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.Required;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A free input of the graph. Two variables of one name are two variables: nodes are told apart by identity.
public record Variable(String label, TensorType type) implements OpN {
    public static Expr variable(String label, TensorType type) {
        return Expr.of(new Variable(Required.of("a variable", "a name", label), type)).named(label);
    }

    @Override public TensorType type(List<Expr> in) { return type; }
    @Override public NDArray value(List<NDArray> in) { throw new IllegalStateException("no value is bound to " + label); }
    @Override public List<Partial> partials(List<Expr> in, Expr out) { return List.of(); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.of(); }
    @Override public boolean isMergeable() { return false; }
    @Override public String name() { return label; }
    @Override public Symbol symbol() { return new Symbol.Leaf(label); }
}

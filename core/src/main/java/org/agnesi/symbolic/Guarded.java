package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An op whose value is its first argument, or an error that the others decide about; its derivative is the argument's.
public interface Guarded extends OpN {
    @Override default TensorType type(List<Expr> in) { return in.getFirst().type(); }
    @Override default List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override default List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.symmetric(g -> g));
        return partials;
    }

    @Override default boolean isStructural() { return true; }
    @Override default boolean isMergeable() { return false; }
}

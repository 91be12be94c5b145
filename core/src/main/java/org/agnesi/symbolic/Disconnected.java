package org.agnesi.symbolic;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// An op of several results, none of which changes with its arguments: positions, patterns, counts.
public interface Disconnected extends Op {
    @Override default List<Partial> partials(List<Expr> in, Expr out) { return Collections.nCopies(in.size(), Partial.disconnected()); }

    @Override default List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        return Collections.nCopies(out.size(), null);
    }

    @Override default List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        return Collections.nCopies(in.size(), null);
    }
}

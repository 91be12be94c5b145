package org.agnesi.rewrite;

import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.symbolic.Expr;

/// One walk over a whole graph that keeps its meaning: roots in, as many roots out, of the same or refined types.
public interface Pass {
    String name();

    /// @param trace is told what was done, for the explanation
    List<Expr> run(List<Expr> roots, Trace trace);

    /// The passes that it consists of, in their order.
    default List<Pass> parts() { return List.of(); }

    /// A pass that tells nothing of what it does.
    static Pass of(String name, UnaryOperator<List<Expr>> run) {
        record Silent(String name, UnaryOperator<List<Expr>> run) implements Pass {
            @Override public List<Expr> run(List<Expr> roots, Trace trace) { return run.apply(roots); }
        }
        return new Silent(name, run);
    }
}

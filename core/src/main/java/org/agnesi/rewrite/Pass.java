package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// One walk over a whole graph that keeps its meaning: roots in, as many roots out, of the same or refined types.
public interface Pass {
    String name();

    /// @param trace is told what was done, for the explanation
    List<Expr> run(List<Expr> roots, Trace trace);
}

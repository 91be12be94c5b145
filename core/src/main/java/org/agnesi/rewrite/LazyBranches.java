package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.op.SinkBranches;
import org.agnesi.symbolic.Expr;

/// Moves into each side of an ifElse what only that side uses: see [SinkBranches]. Not for speed alone: the side not
/// taken may not run at all, since it may be wrong there.
public record LazyBranches() implements Pass {
    @Override public String name() { return "lazy-branches"; }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) { return SinkBranches.sink(roots); }
}

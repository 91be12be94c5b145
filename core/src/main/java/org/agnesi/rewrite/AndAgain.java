package org.agnesi.rewrite;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// A pass, and where it changed anything another once more, which had already done all it could.
public record AndAgain(Passes first, Pass again) implements Pass {
    @Override public String name() { return first.name() + ", and " + again.name() + " again what that changed"; }

    @Override public List<Pass> parts() { return first.parts(); }

    @Override public List<Expr> run(List<Expr> roots, Trace trace) {
        var changed = first.run(roots, trace);
        return changed.equals(roots) ? roots : again.run(changed, trace);
    }
}

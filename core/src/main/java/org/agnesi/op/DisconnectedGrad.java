package org.agnesi.op;

import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;

/// `x`, cut off from derivatives: to ask for one through it alone is an error.
public record DisconnectedGrad() implements GradShape {
    public static Expr disconnectedGrad(Expr x) { return new DisconnectedGrad().apply(x); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) { return List.of(Partial.disconnected()); }
}

package org.agnesi;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// A step of a loop with three states: from an element and the states before, the states after.
@FunctionalInterface
public interface Step3 {
    /// The next states, in order; what follows them is collected.
    List<Expr> apply(Expr element, Expr first, Expr second, Expr third);
}

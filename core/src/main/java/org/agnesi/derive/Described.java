package org.agnesi.derive;

import org.agnesi.symbolic.Expr;

/// An expression for messages: `y = x ** 2`, or the formula alone where it has no name.
final class Described {
    private Described() {}

    static String of(Expr e) {
        var formula = e.formula();
        return e.name() == null || formula.equals(e.name()) ? formula : e.name() + " = " + formula;
    }

    static String typed(Expr e) { return of(e) + " of type " + e.type(); }
}

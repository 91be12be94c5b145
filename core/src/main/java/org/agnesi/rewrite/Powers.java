package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.floating;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.pow;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.Wild.any;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Powers with known exponents.
final class Powers {
    private Powers() {}

    private static final Expr x = any("x");

    static final List<Rule> SPECIAL = List.of(
        rule("pow-minus-one", pow(x, -1)).to(div(1, x)).as(REAL).when(floating(x)));
}

package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.nonNegative;
import static org.agnesi.rewrite.Notation.add;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.exp;
import static org.agnesi.rewrite.Notation.log;
import static org.agnesi.rewrite.Notation.mul;
import static org.agnesi.rewrite.Notation.neg;
import static org.agnesi.rewrite.Notation.sub;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.Wild.any;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Exponentials, logarithms and what is made of them, without the overflow and cancellation on the way.
final class Exponentials {
    private Exponentials() {}

    private static final Expr x = any("x"), y = any("y");

    static final List<Rule> RULES = List.of(
        rule("log-of-exp",        log(exp(x)))                    .to(x)                    .as(REAL),
        rule("exp-of-log",        exp(log(x)))                    .to(x)                    .as(REAL).when(nonNegative(x)),
        rule("log-of-reciprocal", log(div(1, x)))                 .to(neg(log(x)))          .as(REAL),
        rule("exp-times-exp",     mul(exp(x), exp(y)))            .to(exp(add(x, y)))       .as(REAL),
        rule("exp-over-exp",      div(exp(x), exp(y)))            .to(exp(sub(x, y)))       .as(REAL));
}

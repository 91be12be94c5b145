package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.floating;
import static org.agnesi.rewrite.Condition.unpromoted;
import static org.agnesi.rewrite.Notation.add;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.mul;
import static org.agnesi.rewrite.Notation.neg;
import static org.agnesi.rewrite.Notation.pow;
import static org.agnesi.rewrite.Notation.sub;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;
import static org.agnesi.rewrite.Wild.any;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Sums, products and signs: what can be left out, and where a minus sign goes.
final class Arithmetic {
    private Arithmetic() {}

    private static final Expr x = any("x"), y = any("y");

    static final List<Rule> RULES = List.of(
        rule("mul-one",           mul(x, 1))             .to(x),
        rule("div-one",           div(x, 1))             .to(x),
        rule("pow-one",           pow(x, 1))             .to(x),
        rule("pow-zero",          pow(x, 0))             .to(1),
        rule("one-pow",           pow(1, x))             .to(1)             .as(FINITE),
        rule("sub-zero",          sub(x, 0))             .to(x),
        rule("add-negative-zero", add(x, -0.0))          .to(x),
        rule("add-zero",          add(x, 0))             .to(x)             .as(SIGNED_ZERO),
        rule("sub-negative-zero", sub(x, -0.0))          .to(x)             .as(SIGNED_ZERO),
        rule("zero-sub",          sub(0, x))             .to(neg(x))        .as(SIGNED_ZERO).when(unpromoted(x)),
        rule("neg-neg",           neg(neg(x)))           .to(x),
        rule("neg-sub",           neg(sub(x, y)))        .to(sub(y, x))     .as(SIGNED_ZERO),
        rule("mul-minus-one",     mul(x, -1))            .to(neg(x))        .when(unpromoted(x)),
        rule("div-minus-one",     div(x, -1))            .to(neg(x))        .when(floating(x)),
        rule("sub-neg",           sub(x, neg(y)))        .to(add(x, y))     .when(unpromoted(y)),
        rule("add-neg",           add(x, neg(y)))        .to(sub(x, y))     .when(unpromoted(y)),
        rule("mul-neg",           mul(neg(x), y))        .to(neg(mul(x, y))).when(floating(x)),
        rule("div-neg",           div(neg(x), y))        .to(neg(div(x, y))).when(floating(x)),
        rule("div-by-neg",        div(x, neg(y)))        .to(neg(div(x, y))).when(floating(y)),
        rule("mul-zero",          mul(x, 0))             .to(0)             .as(FINITE),
        rule("sub-self",          sub(x, x))             .to(0)             .as(FINITE),
        rule("div-self",          div(x, x))             .to(1)             .as(FINITE).when(floating(x)));
}

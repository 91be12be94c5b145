package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.nonNegative;
import static org.agnesi.rewrite.Condition.value;
import static org.agnesi.rewrite.Notation.abs;
import static org.agnesi.rewrite.Notation.add;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.erf;
import static org.agnesi.rewrite.Notation.erfc;
import static org.agnesi.rewrite.Notation.exp;
import static org.agnesi.rewrite.Notation.expm1;
import static org.agnesi.rewrite.Notation.log;
import static org.agnesi.rewrite.Notation.log1p;
import static org.agnesi.rewrite.Notation.mul;
import static org.agnesi.rewrite.Notation.neg;
import static org.agnesi.rewrite.Notation.pow;
import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.Notation.sigmoid;
import static org.agnesi.rewrite.Notation.softplus;
import static org.agnesi.rewrite.Notation.sqrt;
import static org.agnesi.rewrite.Notation.sub;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.Wild.floating;
import static org.agnesi.rewrite.Wild.literal;

import java.util.List;
import org.agnesi.symbolic.Expr;

/// Exponentials, logarithms and what is made of them, without the overflow and cancellation on the way.
final class Exponentials {
    private Exponentials() {}

    private static final Expr x = floating("x"), y = floating("y"), c = literal("c");

    static final List<Rule> LOGARITHMS = List.of(
        rule("log-of-exp",           log(exp(x)))                   .to(x)                            .as(REAL),
        rule("exp-of-log",           exp(log(x)))                   .to(x)                            .as(REAL).when(nonNegative(x)),
        rule("log1p-of-expm1",       log1p(expm1(x)))               .to(x)                            .as(REAL),
        rule("expm1-of-log1p",       expm1(log1p(x)))               .to(x)                            .as(REAL).when(nonNegative(x)),
        rule("exp-of-log1p",         exp(log1p(x)))                 .to(add(1, x))                    .as(REAL).when(nonNegative(x)),
        rule("log-one-plus",         log(add(1, x)))                .to(log1p(x))                     .as(REAL),
        rule("log-one-minus",        log(sub(1, x)))                .to(log1p(neg(x)))                .as(REAL),
        rule("log-of-reciprocal",    log(div(1, x)))                .to(neg(log(x)))                  .as(REAL).when(nonNegative(x)),
        rule("log-of-square",        log(pow(x, 2)))                .to(mul(2, log(abs(x))))          .as(REAL),
        rule("log-of-root",          log(sqrt(x)))                  .to(mul(0.5, log(x)))             .as(REAL),
        rule("log-of-sigmoid",       log(sigmoid(x)))               .to(neg(softplus(neg(x))))        .as(REAL),
        rule("log1p-of-neg-sigmoid", log1p(neg(sigmoid(x))))        .to(neg(softplus(x)))             .as(REAL),
        rule("log1p-of-exp",         log1p(exp(x)))                 .to(softplus(x))                  .as(REAL));

    static final List<Rule> EXPONENTIALS = List.of(
        rule("exp-minus-one",        sub(exp(x), 1))                .to(expm1(x))                     .as(REAL),
        rule("minus-one-plus-exp",   add(exp(x), -1))               .to(expm1(x))                     .as(REAL),
        rule("one-minus-exp",        sub(1, exp(x)))                .to(neg(expm1(x)))                .as(REAL),
        rule("exp-times-exp",        mul(exp(x), exp(y)))           .to(exp(add(x, y)))               .as(REAL),
        rule("exp-over-exp",         div(exp(x), exp(y)))           .to(exp(sub(x, y)))               .as(REAL),
        rule("power-of-exp",         pow(exp(x), c))                .to(exp(mul(c, x)))               .as(REAL)
            .when(value(c, "is finite", v -> v != 0 && Double.isFinite(v))),
        rule("root-of-exp",          sqrt(exp(x)))                  .to(exp(mul(0.5, x)))             .as(REAL));

    static final List<Rule> SIGMOIDS = List.of(
        rule("over-one-plus-exp",    div(y, add(1, exp(x))))        .to(mul(y, sigmoid(neg(x))))      .as(REAL),
        rule("over-power-of-one-plus-exp", div(y, pow(add(1, exp(x)), c))).to(mul(y, pow(sigmoid(neg(x)), c)))
            .as(REAL).when(value(c, "is positive", v -> v > 0)),
        rule("sigmoid-times-exp",    mul(sigmoid(x), exp(neg(x))))  .to(sigmoid(neg(x)))              .as(REAL),
        rule("sigmoid-of-neg-times-exp", mul(sigmoid(neg(x)), exp(x))).to(sigmoid(x))                 .as(REAL),
        rule("power-of-sigmoid-times-exp", mul(pow(sigmoid(x), c), exp(neg(x))))
            .to(mul(pow(sigmoid(x), sub(c, 1)), sigmoid(neg(x)))).as(REAL).when(value(c, "is above 1", v -> v > 1)),
        rule("power-of-sigmoid-of-neg-times-exp", mul(pow(sigmoid(neg(x)), c), exp(x)))
            .to(mul(pow(sigmoid(neg(x)), sub(c, 1)), sigmoid(x))).as(REAL).when(value(c, "is above 1", v -> v > 1)),
        rule("one-minus-sigmoid",    sub(1, sigmoid(x)))            .to(sigmoid(neg(x)))              .as(REAL),
        rule("softplus-minus-x",     sub(softplus(x), x))           .to(softplus(neg(x)))             .as(REAL),
        rule("exp-of-neg-softplus",  exp(neg(softplus(x))))         .to(sigmoid(neg(x)))              .as(REAL));

    static final List<Rule> ERROR_FUNCTIONS = List.of(
        rule("one-minus-erf",        sub(1, erf(x)))                .to(erfc(x))                      .as(REAL),
        rule("one-plus-erf",         add(1, erf(x)))                .to(erfc(neg(x)))                 .as(REAL),
        rule("erf-minus-one",        sub(erf(x), 1))                .to(neg(erfc(x)))                 .as(REAL),
        rule("one-minus-erfc",       sub(1, erfc(x)))               .to(erf(x))                       .as(REAL),
        rule("erfc-minus-one",       sub(erfc(x), 1))               .to(neg(erf(x)))                  .as(REAL),
        rule("two-minus-erfc",       sub(2, erfc(x)))               .to(erfc(neg(x)))                 .as(REAL));
}

package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.floating;
import static org.agnesi.rewrite.Condition.nonNegative;
import static org.agnesi.rewrite.Condition.value;
import static org.agnesi.rewrite.Notation.abs;
import static org.agnesi.rewrite.Notation.add;
import static org.agnesi.rewrite.Notation.cos;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.exp;
import static org.agnesi.rewrite.Notation.mul;
import static org.agnesi.rewrite.Notation.neg;
import static org.agnesi.rewrite.Notation.pow;
import static org.agnesi.rewrite.Notation.reciprocal;
import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.Notation.sigmoid;
import static org.agnesi.rewrite.Notation.sin;
import static org.agnesi.rewrite.Notation.sqr;
import static org.agnesi.rewrite.Notation.sqrt;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.REAL;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;
import static org.agnesi.rewrite.Wild.any;
import static org.agnesi.rewrite.Wild.literal;

import java.util.List;
import org.agnesi.op.Constant;
import org.agnesi.op.Mul;
import org.agnesi.op.Pow;
import org.agnesi.op.Sqr;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Powers, roots and absolute values.
final class Powers {
    /// Beyond this, repeated squaring rounds too often.
    private static final int LARGEST = 32;

    private Powers() {}

    private static final Expr x = any("x"), c = literal("c"), d = literal("d");

    private static Condition whole(Expr p) { return value(p, "is whole", v -> v == Math.rint(v) && v != 0); }

    static final List<Rule> RULES = List.of(
        rule("reciprocal",        reciprocal(x))        .to(div(1, x)),
        rule("square",            sqr(x))               .to(pow(x, 2))         .as(REAL),
        rule("power-of-power",    pow(pow(x, c), d))    .to(pow(x, mul(c, d))) .as(REAL).when(whole(c)).when(whole(d)).when(floating(x)),
        rule("square-of-neg",     pow(neg(x), 2))       .to(pow(x, 2))         .when(floating(x)),
        rule("square-of-abs",     pow(abs(x), 2))       .to(pow(x, 2))         .when(floating(x)),
        rule("square-of-root",    pow(sqrt(x), 2))      .to(x)                 .as(REAL).when(nonNegative(x)),
        rule("root-of-square",    sqrt(pow(x, 2)))      .to(abs(x))            .as(REAL).when(floating(x)),
        rule("abs-of-neg",        abs(neg(x)))          .to(abs(x))            .when(floating(x)),
        rule("abs-of-abs",        abs(abs(x)))          .to(abs(x)),
        rule("abs-of-positive",   abs(x))               .to(x)                 .as(SIGNED_ZERO).when(nonNegative(x)),
        rule("cos-of-neg",        cos(neg(x)))          .to(cos(x))            .when(floating(x)),
        rule("sin-of-neg",        sin(neg(x)))          .to(neg(sin(x)))       .when(floating(x)),
        rule("sin-cos-squares",   add(pow(sin(x), 2), pow(cos(x), 2))).to(1)   .as(REAL));

    private static final Expr e = exp(neg(abs(x)));

    static final List<Rule> SPECIAL = List.of(
        rule("power-two",         pow(x, 2))            .to(sqr(x))            .as(REAL),
        rule("power-half",        pow(x, 0.5))          .to(sqrt(x))           .as(REAL).when(nonNegative(x)),
        rule("power-half-finite", pow(x, 0.5))          .to(sqrt(x))           .as(FINITE),
        rule("power-minus-half",  pow(x, -0.5))         .to(div(1, sqrt(x)))   .as(REAL).when(nonNegative(x)),
        rule("power-negative",    pow(x, c))            .to(div(1, pow(x, neg(c)))).as(REAL).when(floating(x))
            .when(whole(c)).when(value(c, "is negative", v -> v < 0 && v >= -LARGEST)),
        rule("power-whole",       Pow.class,            Powers::repeatedSquares).as(REAL),
        rule("sigmoid-times-sigmoid-of-neg", mul(sigmoid(x), sigmoid(neg(x)))).to(div(e, sqr(add(1, e)))).as(REAL).when(floating(x)));

    /// `x⁵` → `x·(x²)²`
    private static @Nullable Expr repeatedSquares(Node node, Pow op) {
        double power = Uniform.valueOf(node.arg(1));
        if (power != Math.rint(power) || power < 2 || power > LARGEST || !node.arg(0).type().dtype().isFloating()) return null;
        Expr product = null;
        var square = node.arg(0);
        for (int left = (int) power; left > 0; left /= 2) {
            if (left % 2 == 1) product = product == null ? square : Mul.mul(product, square);
            if (left > 1) square = Sqr.sqr(square);
        }
        return product == null ? Constant.constant(1) : product;
    }
}

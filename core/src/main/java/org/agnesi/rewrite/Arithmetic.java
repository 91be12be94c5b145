package org.agnesi.rewrite;

import static org.agnesi.rewrite.Condition.floating;
import static org.agnesi.rewrite.Condition.unpromoted;
import static org.agnesi.rewrite.Notation.add;
import static org.agnesi.rewrite.Notation.div;
import static org.agnesi.rewrite.Notation.mul;
import static org.agnesi.rewrite.Notation.neg;
import static org.agnesi.rewrite.Notation.pow;
import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.Notation.sub;
import static org.agnesi.rewrite.RuleClass.FINITE;
import static org.agnesi.rewrite.RuleClass.SIGNED_ZERO;
import static org.agnesi.rewrite.Wild.any;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Constant;
import org.agnesi.op.Div;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.jspecify.annotations.Nullable;

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

    /// A minus sign in front of a number belongs to the number: last, since rules look for the sign.
    static final List<Rule> SIGNS = List.of(
        rule("neg-of-multiple", Neg.class, (node, neg) -> negated(node, Mul.class)),
        rule("neg-of-quotient", Neg.class, (node, neg) -> negated(node, Div.class)));

    /// `−(c·x)` → `(−c)·x`
    private static @Nullable Expr negated(Node node, Class<? extends Op> product) {
        var inner = node.arg(0).node();
        if (!product.isInstance(inner.op()) || !node.types().getFirst().dtype().isFloating()) return null;
        var number = negated(inner.arg(0));
        if (number == null) return null;
        var args = new ArrayList<>(inner.args());
        args.set(0, number);
        return Expr.of(inner.op(), args);
    }

    /// A number, or one repeated, with the other sign.
    private static @Nullable Expr negated(Expr number) {
        var node = number.node();
        if (node.op() instanceof Constant(var value, var _) && value.rank() == 0) return Constant.of(-value.toDouble(), value.dtype());
        if (!(node.op() instanceof BroadcastTo) || !(node.arg(0).node().op() instanceof Constant)) return null;
        var source = negated(node.arg(0));
        return source == null ? null : BroadcastTo.broadcastTo(source, node.args().subList(1, node.args().size()));
    }
}

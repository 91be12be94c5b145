package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.and;
import static org.agnesi.rewrite.Notation.maximum;
import static org.agnesi.rewrite.Notation.minimum;
import static org.agnesi.rewrite.Notation.not;
import static org.agnesi.rewrite.Notation.or;
import static org.agnesi.rewrite.Notation.where;
import static org.agnesi.rewrite.Rule.rule;
import static org.agnesi.rewrite.Wild.any;

import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.op.Cast;
import org.agnesi.op.GradShape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Choices by conditions, truth values, casts, and wrappers that only derivatives see.
final class Choices {
    private Choices() {}

    private static final Expr x = any("x"), y = any("y"), z = any("z"), c = Wild.of("c", "bool", e -> e.type().dtype().isBool());

    static final List<Rule> RULES = List.of(
        rule("where-true",        where(true, x, y))                .to(x),
        rule("where-false",       where(false, x, y))               .to(y),
        rule("where-same",        where(c, x, x))                   .to(x),
        rule("where-of-where",    where(c, where(c, x, y), z))      .to(where(c, x, z)),
        rule("where-else-where",  where(c, x, where(c, y, z)))      .to(where(c, x, z)),
        rule("where-not",         where(not(c), x, y))              .to(where(c, y, x)),
        rule("not-not",           not(not(c)))                      .to(c),
        rule("and-true",          and(c, true))                     .to(c),
        rule("and-false",         and(c, false))                    .to(0),
        rule("and-self",          and(c, c))                        .to(c),
        rule("or-false",          or(c, false))                     .to(c),
        rule("or-true",           or(c, true))                      .to(1),
        rule("or-self",           or(c, c))                         .to(c),
        rule("maximum-self",      maximum(x, x))                    .to(x),
        rule("minimum-self",      minimum(x, x))                    .to(x),
        rule("useless-cast",      Cast.class,      Choices::useless).samples(RuleSamples::uselessCasts),
        rule("cast-of-cast",      Cast.class,      Choices::twice)  .samples(RuleSamples::castsTwice),
        rule("gradient-wrapper",  GradShape.class, (node, wrapper) -> node.arg(0)).samples(RuleSamples::gradientWrappers));

    private static @Nullable Expr useless(Node node, Cast cast) { return node.arg(0).type().dtype() == cast.to() ? node.arg(0) : null; }

    /// The middle dtype does not matter where it holds every value of the first.
    private static @Nullable Expr twice(Node node, Cast outer) {
        var inner = node.arg(0).node();
        return inner.op() instanceof Cast(var middle) && holds(middle, inner.arg(0).type().dtype())
            ? Cast.cast(inner.arg(0), outer.to()) : null;
    }

    private static boolean holds(DType wide, DType narrow) {
        if (wide.isBool() || wide.isFloating() && narrow == DType.INT64) return wide == narrow;
        return DType.promote(wide, narrow) == wide;
    }
}

package org.agnesi.rewrite;

import static org.agnesi.rewrite.Notation.and;
import static org.agnesi.rewrite.Notation.maximum;
import static org.agnesi.rewrite.Notation.minimum;
import static org.agnesi.rewrite.Notation.not;
import static org.agnesi.rewrite.Notation.or;
import static org.agnesi.rewrite.Notation.rule;
import static org.agnesi.rewrite.Notation.where;
import static org.agnesi.rewrite.Wild.any;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.kernel.Relation;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Elementwise;
import org.agnesi.op.GradShape;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.agnesi.op.Mul;
import org.agnesi.op.Where;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// Choices by conditions, truth values, casts, and wrappers that only derivatives see.
final class Choices {
    private static final int DEEPEST = 3;

    private Choices() {}

    private static final Expr x = any("x"), y = any("y"), z = any("z"), c = Wild.of("c", "bool", e -> e.type().dtype().isBool());

    static final List<Rule> RULES = List.of(
        rule("where-true",        where(true, x, y))                .to(x),
        rule("where-false",       where(false, x, y))               .to(y),
        rule("where-same",        where(c, x, x))                   .to(x),
        rule("where-of-where",    where(c, where(c, x, y), z))      .to(where(c, x, z)),
        rule("where-else-where",  where(c, x, where(c, y, z)))      .to(where(c, x, z)),
        rule("where-not",         where(not(c), x, y))              .to(where(c, y, x)),
        rule("where-not-repeated", Where.class,    Choices::swapped),
        rule("where-of-same-condition", Where.class, Choices::inside),
        rule("positive-truth",    Compare.class,   Choices::positive),
        rule("compared-with-itself", Compare.class, Choices::itself),
        rule("choice-made",       IfElse.class,    (node, _) -> made(node)),
        rule("choice-of-same",    IfElse.class,    (node, _) -> node.arg(1) == node.arg(2) ? node.arg(1) : null),
        rule("choice-of-equals",  IfElse.class,    (node, _) -> ofEquals(node)),
        rule("not-not",           not(not(c)))                      .to(c),
        rule("and-true",          and(c, true))                     .to(c),
        rule("and-false",         and(c, false))                    .to(0),
        rule("and-self",          and(c, c))                        .to(c),
        rule("or-false",          or(c, false))                     .to(c),
        rule("or-true",           or(c, true))                      .to(1),
        rule("or-self",           or(c, c))                         .to(c),
        rule("maximum-self",      maximum(x, x))                    .to(x),
        rule("minimum-self",      minimum(x, x))                    .to(x),
        rule("useless-cast",      Cast.class,      Choices::useless),
        rule("cast-of-cast",      Cast.class,      Choices::twice),
        rule("gradient-wrapper",  GradShape.class, (node, wrapper) -> node.arg(0)));

    /// `where(repeat(not(c)), x, y)` → `where(repeat(c), y, x)`, the condition turned and repeated in whatever way.
    private static @Nullable Expr swapped(Node node, Where where) {
        var opposite = opposite(node.arg(0));
        return opposite == null ? null : Expr.of(where, List.of(opposite, node.arg(2), node.arg(1)));
    }

    private static @Nullable Expr opposite(Expr c) {
        if (c.node().op() instanceof Logical(var connective) && connective == Logical.Connective.NOT)
            return c.node().arg(0).type().dtype().isBool() ? c.node().arg(0) : null;
        if (!(c.node().op() instanceof BroadcastTo || c.node().op() instanceof DimShuffle)) return null;
        var inner = opposite(c.node().arg(0));
        if (inner == null) return null;
        var args = new ArrayList<>(c.node().args());
        args.set(0, inner);
        return Expr.of(c.node().op(), args);
    }

    /// `where(c, f(where(c, x, y)), z)` → `where(c, f(x), z)` through elementwise functions, and on the other side likewise.
    private static @Nullable Expr inside(Node node, Where where) {
        var c = node.arg(0);
        var taken = taken(node.arg(1), c, 1, DEEPEST);
        var other = taken(node.arg(2), c, 2, DEEPEST);
        return taken == node.arg(1) && other == node.arg(2) ? null : Expr.of(where, List.of(c, taken, other));
    }

    /// `e` where `c` is known to choose this side.
    private static Expr taken(Expr e, Expr c, int side, int depth) {
        if (depth == 0 || !(e.node().op() instanceof Elementwise) || e.node().args().isEmpty()) return e;
        if (e.node().op() instanceof Where && e.node().arg(0) == c) return Cast.cast(e.node().arg(side), e.type().dtype());
        var args = e.node().args().stream().map(arg -> taken(arg, c, side, depth - 1)).toList();
        return args.equals(e.node().args()) ? e : Expr.of(e.node().op(), args);
    }

    /// `k·b > 0` → `b` for a truth value b and a positive number k: what becomes of where a derivative is wanted.
    private static @Nullable Expr positive(Node node, Compare compare) {
        if (compare.relation() != Relation.GT || Uniform.valueOf(node.arg(1)) != 0) return null;
        var x = node.arg(0);
        if (x.node().op() instanceof Mul && x.node().args().size() == 2) {
            double factor = Uniform.valueOf(x.node().arg(0));
            if (!(factor > 0x1p-64)) return null;
            x = x.node().arg(1);
        }
        return x.node().op() instanceof Cast && x.node().arg(0).type().dtype().isBool() ? x.node().arg(0) : null;
    }

    /// Only NaN differs from itself.
    private static @Nullable Expr itself(Node node, Compare compare) {
        return node.arg(0) == node.arg(1) && !node.arg(0).type().dtype().isFloating()
            ? Constant.constant(compare.relation().holds(0L, 0L)) : null;
    }

    private static @Nullable Expr made(Node node) {
        double chosen = Uniform.valueOf(node.arg(0));
        return Double.isNaN(chosen) ? null : node.arg(chosen != 0 ? 1 : 2);
    }

    /// `ifElse(a == b, a, b)` → `b`: sizes that are equal where it matters.
    private static @Nullable Expr ofEquals(Node node) {
        var c = node.arg(0).node();
        if (!(c.op() instanceof Compare(var relation)) || relation != Relation.EQ || !node.arg(1).type().dtype().isInteger()) return null;
        boolean either = c.args().equals(node.args().subList(1, 3)) || c.args().reversed().equals(node.args().subList(1, 3));
        return either && c.arg(0).type().equals(c.arg(1).type()) ? node.arg(2) : null;
    }

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

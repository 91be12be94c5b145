package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.agnesi.array.DType;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.op.Logical;
import org.agnesi.op.Quantifier;
import org.agnesi.op.Where;
import org.jspecify.annotations.Nullable;

/// Boolean masks that a reverse sweep carries below `where`: true where an element's cotangent matters.
final class Masks {
    private Masks() {}

    /// Cotangents of an op's inputs, exact zeros where the results' do not count.
    static List<@Nullable Cotangent> pull(Op op, List<Expr> in, List<Expr> out, List<@Nullable Cotangent> gs, IntPredicate wanted) {
        var g = Cotangent.onOneSide(out, gs);
        var values = op.pullAll(in, out, Pull.values(g.all()), wanted);
        var active = out.size() == 1 ? active(g.all().getFirst()) : any(g.all());
        var masks = out.size() == 1 ? op.activeBelow(in, out.getFirst(), active)
            : active == null ? Collections.<@Nullable Expr>nCopies(in.size(), null) : allOrNothing(in, active);
        var pulled = new ArrayList<@Nullable Cotangent>(in.size());
        for (int i = 0; i < in.size(); i++) {
            var value = values.get(i);
            var mask = op.isStructural() || active == null ? null : op.isPointwise() ? active : masks.get(i);
            pulled.add(value == null ? null : new Cotangent(mask == null ? value : only(mask, value), masks.get(i), g.side()));
        }
        return pulled;
    }

    private static @Nullable Expr active(@Nullable Cotangent g) { return g == null ? null : g.active(); }

    /// Whether any element of any result matters; absent: always.
    private static @Nullable Expr any(List<@Nullable Cotangent> gs) {
        Expr any = null;
        for (var g : gs) {
            if (g == null) continue;
            var own = g.active();
            if (own == null) return null;
            var some = Quantifier.any(own);
            any = any == null ? some : Logical.or(any, some);
        }
        return any;
    }

    /// The mask, all true where it is absent.
    static Expr orAll(@Nullable Expr active, Expr x) { return active != null ? active : Fill.fill(x, Constant.constant(true)); }

    /// Whether this is a mask of no element.
    static boolean isNothing(@Nullable Expr active) {
        return active != null && active.node().op() instanceof Fill && active.node().arg(1).isConstant(0);
    }

    /// The mask on each input of a structural op: an element matters when any result it reaches does.
    static List<@Nullable Expr> pulled(Op op, List<Expr> in, Expr out, Expr active) {
        var ones = Tangents.fit(active, out);
        var reached = op.pullAll(in, List.of(out), Collections.singletonList(ones), i -> true);
        var masks = new ArrayList<@Nullable Expr>(in.size());
        for (var mass : reached) masks.add(mass == null ? null : Compare.gt(mass, Constant.constant(0)));
        return masks;
    }

    /// The mask on each input of any other op: all its elements matter when any of the result's does.
    static List<@Nullable Expr> allOrNothing(List<Expr> in, Expr active) {
        var any = active.type().rank() == 0 ? active : Quantifier.any(active);
        var masks = new ArrayList<@Nullable Expr>(in.size());
        for (var x : in) masks.add(x.type().dtype().isFloating() ? Fill.fill(x, any) : null);
        return masks;
    }

    /// `g` where active, exact zeros elsewhere, whatever stands there.
    static Expr only(Expr active, Expr g) {
        return Where.where(active, g, Constant.of(0, g.type().dtype()));
    }

    /// Where either matters; absent means everywhere.
    static @Nullable Expr either(@Nullable Expr a, @Nullable Expr b) {
        if (a == null || b == null || isNot(a, b) || isNot(b, a)) return null;
        return a == b ? a : Logical.or(a, b);
    }

    /// Whether `b` is `not(a)`: the two branches of one `where`, which together take everything.
    private static boolean isNot(Expr a, Expr b) {
        return b.node().op() instanceof Logical(var connective) && connective == Logical.Connective.NOT && b.node().arg(0) == a;
    }

    static boolean isMask(Expr x) { return x.type().dtype() == DType.BOOL; }
}

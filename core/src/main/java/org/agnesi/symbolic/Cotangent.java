package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.op.Add;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.op.IfElse;
import org.agnesi.op.Logical;
import org.jspecify.annotations.Nullable;

/// What has come back to an expression in a reverse sweep, and where it counts.
///
/// Below `where` a mask says which elements matter, and goes through every op. Below a side of `ifElse` the whole cotangent
/// counts only if that side is taken: it is left as it is, and the choice is made once where the sides meet again, as
/// `ifElse(c, v₁, v₂)`, so that only the taken side's cotangent need be computed.
///
/// @param active which elements can matter; absent: all
/// @param side   the sides of `ifElse` that it came through; absent: none
public record Cotangent(Expr value, @Nullable Expr active, @Nullable Side side) {
    private static final int DEEPEST = 32;

    /// A side of an `ifElse`, within those of others: taken if the condition is `then`.
    public record Side(Expr condition, boolean then, @Nullable Side outer, int depth) {
        /// The deepest side that both are within.
        static @Nullable Side common(@Nullable Side a, @Nullable Side b) {
            a = at(a, depthOf(b));
            b = at(b, depthOf(a));
            while (a != null && b != null && !same(a, b)) {
                a = a.outer;
                b = b.outer;
            }
            return a;
        }

        static int depthOf(@Nullable Side side) { return side == null ? 0 : side.depth; }

        /// The side at this depth, or this one where it is no deeper.
        static @Nullable Side at(@Nullable Side side, int depth) {
            while (side != null && side.depth > depth) side = side.outer;
            return side;
        }

        private static boolean same(@Nullable Side a, @Nullable Side b) {
            for (; a != b; a = a.outer, b = b.outer)
                if (a == null || b == null || a.condition != b.condition || a.then != b.then || a.depth != b.depth) return false;
            return true;
        }

        boolean isOpposite(Side other) { return condition == other.condition && then != other.then; }
    }

    /// Cotangents of one node's results that count on the same sides.
    public record OneSide(List<@Nullable Cotangent> all, @Nullable Side side) {}

    /// `gs`, each with the sides chosen that they do not share; at least one is present.
    public static OneSide onOneSide(List<Expr> out, List<@Nullable Cotangent> gs) {
        var present = new ArrayList<Cotangent>(gs.size());
        for (var g : gs) if (g != null) present.add(g);
        var side = present.getFirst().side;
        for (var g : present) side = Side.common(side, g.side);
        var all = new ArrayList<@Nullable Cotangent>(gs.size());
        for (int r = 0; r < gs.size(); r++) {
            var g = gs.get(r);
            all.add(g == null ? null : g.within(side, out.get(r)));
        }
        return new OneSide(all, side);
    }

    /// Cotangents that count without condition.
    public static List<@Nullable Cotangent> everywhere(List<? extends @Nullable Expr> gs) {
        var all = new ArrayList<@Nullable Cotangent>(gs.size());
        for (var g : gs) all.add(g == null ? null : new Cotangent(g, null, null));
        return all;
    }

    /// As it counts for `x` on one side of an `ifElse`; null where the other side of this condition is taken already.
    public @Nullable Cotangent on(Expr condition, boolean then, Expr x) {
        for (var s = side; s != null; s = s.outer) if (s.condition == condition) return s.then == then ? this : null;
        var shallow = side != null && side.depth == DEEPEST ? within(null, x) : this;
        var outer = shallow.side;
        return new Cotangent(shallow.value, shallow.active, new Side(condition, then, outer, Side.depthOf(outer) + 1));
    }

    /// The same cotangent of `x` with the sides inside of `outer` chosen: zeros where they are not taken.
    Cotangent within(@Nullable Side outer, Expr x) {
        var sofar = this;
        for (var s = side; s != null && s.depth > Side.depthOf(outer); s = s.outer) {
            var zeros = Fill.fill(x, Constant.of(0, sofar.value.type().dtype()));
            var nothing = new Cotangent(zeros, Fill.fill(x, Constant.constant(false)), s);
            sofar = sofar.chosen(nothing, x, s);
        }
        return sofar;
    }

    /// This where its side is taken, else the other.
    private Cotangent chosen(Cotangent other, Expr x, Side s) {
        var yes = s.then ? this : other;
        var no = s.then ? other : this;
        return new Cotangent(IfElse.ifElse(s.condition, yes.value, no.value), mask(yes, no, x, s.condition), s.outer);
    }

    private static @Nullable Expr mask(Cotangent yes, Cotangent no, Expr x, Expr condition) {
        if (yes.active == null && no.active == null) return null;
        if (yes.active == null && Masks.isNothing(no.active)) return Fill.fill(x, condition);
        if (no.active == null && Masks.isNothing(yes.active)) return Fill.fill(x, Logical.not(condition));
        return IfElse.ifElse(condition, Masks.orAll(yes.active, x), Masks.orAll(no.active, x));
    }

    /// Both: added, or where they came through the two sides of one condition, chosen.
    public Cotangent plus(Cotangent other, Expr x) {
        var common = Side.common(side, other.side);
        var a = Side.at(side, Side.depthOf(common) + 1);
        var b = Side.at(other.side, Side.depthOf(common) + 1);
        if (a != null && b != null && a.isOpposite(b)) return within(a, x).chosen(other.within(b, x), x, a);
        var one = within(common, x);
        var two = other.within(common, x);
        return new Cotangent(Add.add(one.value, two.value), Masks.either(one.active, two.active), common);
    }
}

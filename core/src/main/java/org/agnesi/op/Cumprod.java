package org.agnesi.op;

import java.util.List;
import org.agnesi.kernel.Combine;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Partial;
import org.jspecify.annotations.Nullable;

/// The running product along an axis, `yₖ = x₀ · … · xₖ`; its derivatives are right where factors are 0 too.
public record Cumprod(int axis) implements Running {
    public static Expr cumprod(Expr x) { return Running.apply(new Cumprod(0), x); }
    public static Expr cumprod(Expr x, int axis) { return new Cumprod(0).along(x, Axes.normalize("cumprod", x, axis)); }

    @Override public Expr along(Expr x, int axis) { return Expr.of(new Cumprod(axis), x); }
    @Override public Combine combine() { return Combine.MUL; }

    /// One factor after the other: its own derivatives name every way to share an order among factors.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        return List.of(jets.through(node, k, () -> List.of(Movement.swapaxes(stepped(Movement.swapaxes(node.arg(0), 0, axis)), 0, axis))));
    }

    /// The running product along axis 0 as a loop.
    static Expr stepped(Expr rows) {
        var loop = new LoopBuilder(false);
        loop.next(0, Mul.mul(loop.state(ones(rows)), loop.element(rows)));
        return loop.build(rows.length()).state(0);
    }

    /// What the loop starts from.
    static Expr ones(Expr rows) {
        return BroadcastTo.broadcastTo(Constant.of(1, rows.type().dtype()), rows.lengths().subList(1, rows.type().rank()));
    }

    @Override public Partial partial(Expr x, Expr y) {
        return Partial.linear(
            dx -> new CumprodPush(axis).apply(x, dx),
            g -> new CumprodPull(axis).apply(g, x));
    }
}

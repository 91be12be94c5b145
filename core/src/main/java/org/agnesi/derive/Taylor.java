package org.agnesi.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Jets;

/// Directional derivatives of any order at once: those of `t ↦ y(x + t·v)` at `t = 0`, by one sweep that carries them all.
///
/// Divided by k!, that of order k is the coefficient of `tᵏ` in Taylor's series. Each order costs about as many products as the order:
/// pushing a push again and again would double the graph each time. See [Jets].
public final class Taylor {
    private Taylor() {}

    /// `y, dy/dt, d²y/dt² …` up to the order, at `t = 0` on the line `x + t·v`; `v` has x's shape.
    ///
    /// @throws TypeError if the order is negative or the direction has not its input's shape
    /// @throws org.agnesi.error.DisconnectedInputError if the result depends on none of the inputs
    public static List<Expr> taylor(Expr y, Expr x, Expr v, int order) {
        return taylor(y, Required.all("taylor", "an input", x), Required.all("taylor", "a direction", v), order);
    }

    /// The same of a function.
    public static List<Expr> taylor(UnaryOperator<Expr> f, Expr x, Expr v, int order) {
        return taylor(Required.result("taylor", Required.of("taylor", "a function", f).apply(x)), x, v, order);
    }

    /// The same on a line in several inputs.
    public static List<Expr> taylor(Expr y, List<? extends Expr> xs, List<? extends Expr> vs, int order) {
        if (order < 0) throw new TypeError("""
            taylor needs an order of 0 or more, but got %d
            Ask for 0 to get the value alone, for 1 to get what rop gives.""".formatted(order));
        Required.all("taylor", "an input", xs);
        Required.all("taylor", "a direction", vs);
        Operators.check("taylor", "input", xs, vs);
        return along(y, List.copyOf(xs), vs.stream().map(List::<Expr>of).toList(), order);
    }

    /// The same on a curve through `x`, given by its derivatives `dx/dt, d²x/dt² …` there: as many of y.
    public static List<Expr> taylor(Expr y, Expr x, List<? extends Expr> curve) {
        Required.all("taylor", "an input", x);
        for (var dx : Required.<Expr>all("taylor", "a derivative", curve)) Operators.check("taylor", "input", List.of(x), List.of(dx));
        return along(y, List.of(x), List.of(List.copyOf(curve)), curve.size());
    }

    private static List<Expr> along(Expr y, List<Expr> xs, List<List<Expr>> curves, int order) {
        var all = new ArrayList<>(Required.all("taylor", "an expression", y));
        for (var dy : Jets.along(List.of(y), xs, curves, order).getFirst()) all.add(dy != null ? dy : Operators.still("taylor", y, xs));
        return List.copyOf(all);
    }
}

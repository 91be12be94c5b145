package org.agnesi.derive;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.derive.GradOption.ConsiderConstant;
import org.agnesi.derive.GradOption.Disconnected;
import org.agnesi.derive.GradOption.Handling;
import org.agnesi.derive.GradOption.KnownGrads;
import org.agnesi.error.ArgumentError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.op.Constant;
import org.agnesi.op.Fill;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Pull;

/// `∂cost/∂x`, the gradient of a scalar: one reverse sweep from `fill(cost, 1.0)`, for any number of inputs.
public final class Gradient {
    private Gradient() {}

    /// The gradient with respect to one input: float, of its shape.
    public static Expr grad(Expr cost, Expr x, GradOption... options) {
        return grad(cost, Required.all("grad", "what to derive by", x), options).getFirst();
    }

    /// The gradients with respect to several inputs, in their order.
    ///
    /// @throws TypeError if the cost is no scalar
    /// @throws org.agnesi.error.DisconnectedInputError if the cost does not depend on an input, unless asked otherwise
    public static List<Expr> grad(Expr cost, List<? extends Expr> xs, GradOption... options) {
        if (Required.of("grad", "a cost", cost).type().rank() != 0) throw new TypeError("""
            grad needs a scalar cost, but got %s
            Sum it first, or ask for jacobian(y, x).""".formatted(Described.typed(cost)));
        var seeds = new Seeds();
        seeds.add(cost, Fill.fill(cost, Constant.of(1, cost.type().dtype().floating())));
        var inputs = Required.<Expr>all("grad", "what to derive by", xs);
        for (var option : options) if (option instanceof KnownGrads(var known)) known.forEach(seeds::add);
        return pulled("grad", seeds, inputs, constants(options), handling(options));
    }

    /// Where cotangents start: expressions and what is known of each.
    static final class Seeds {
        final List<Expr> ys = new ArrayList<>();
        final List<Expr> gs = new ArrayList<>();

        void add(Expr y, Expr g) {
            if (y.type().rank() != g.type().rank()) throw new TypeError("""
                a cotangent needs the shape of its expression, but got %s for %s
                Reshape it, or sum it over the axes that the expression lacks.""".formatted(Described.typed(g), Described.typed(y)));
            ys.add(y);
            gs.add(g);
        }
    }

    static List<Expr> pulled(String what, Seeds seeds, List<Expr> xs, List<Expr> constants, Handling handling) {
        var found = Pull.pull(seeds.ys, seeds.gs, xs, constants);
        var gradients = new ArrayList<Expr>(xs.size());
        for (int i = 0; i < xs.size(); i++) {
            var g = found.get(i);
            gradients.add(g != null ? g : Connection.zeros(what, seeds.ys, xs.get(i), xs.get(i), handling));
        }
        return List.copyOf(gradients);
    }

    static Handling handling(GradOption... options) {
        var handling = Handling.RAISE;
        boolean told = false;
        for (var option : Required.all("grad", "an option", options)) {
            if (!(option instanceof Disconnected(var asked))) continue;
            if (told && asked != handling) throw new ArgumentError("""
                grad needs to be told once what a disconnected input is, but got ignoreDisconnected() and warnDisconnected()
                Leave one of them out.""");
            handling = asked;
            told = true;
        }
        return handling;
    }

    private static List<Expr> constants(GradOption... options) {
        var constants = new ArrayList<Expr>();
        for (var option : options) if (option instanceof ConsiderConstant(var more)) constants.addAll(more);
        return constants;
    }
}

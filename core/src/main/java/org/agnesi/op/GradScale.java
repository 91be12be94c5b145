package org.agnesi.op;

import static org.agnesi.op.Constant.constant;

import java.util.List;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// `x`, whose derivatives are multiplied by a factor in both sweeps; −1 turns a gradient round.
public record GradScale(double factor) implements GradShape {
    public static Expr gradScale(Expr x, double factor) { return new GradScale(factor).apply(x); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return List.of(Partial.symmetric(g -> Mul.mul(g, constant(factor))));
    }

    @Override public Symbol symbol() { return Symbol.call(name(), String.valueOf(factor)); }
}

package org.agnesi.op;

import java.util.List;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;

/// `x`, whose derivatives are kept between two bounds: exploding gradients are cut where they come back to it.
///
/// Cutting is not linear; both sweeps cut what passes through.
public record GradClip(double low, double high) implements GradShape {
    public static Expr gradClip(Expr x, double low, double high) {
        if (!(low <= high)) throw new TypeError("""
            gradClip needs a lower bound below its upper one, but got %s and %s
            Give the lower first: gradClip(x, -1, 1).""".formatted(low, high));
        return new GradClip(low, high).apply(x);
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return List.of(Partial.symmetric(g -> Clip.clip(g, low, high)));
    }

    @Override public boolean isSurrogate() { return true; }
    @Override public boolean isLinearlyDerived() { return false; }
    @Override public Symbol symbol() { return Symbol.call(name(), String.valueOf(low), String.valueOf(high)); }
}

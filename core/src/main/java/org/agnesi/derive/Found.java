package org.agnesi.derive;


import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ConvergenceError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x` itself if what was looked for has been found, an error that tells how near it came if not.
///
/// Args are `x`, whether it is found, and the numbers of the message, `%s` there.
public record Found(String message) implements OpN {
    static Expr found(Expr x, Expr is, String message, Expr... numbers) {
        var args = new ArrayList<>(List.of(x, is));
        args.addAll(List.of(numbers));
        return Expr.of(new Found(message), args);
    }

    @Override public NDArray value(List<NDArray> in) {
        if (in.get(1).toBoolean()) return in.getFirst();
        throw new ConvergenceError(message.formatted(in.subList(2, in.size()).stream().map(Found::brief).toArray()));
    }

    /// Three digits of it tell enough.
    private static String brief(NDArray number) {
        return number.dtype().isInteger() ? number.toString() : "%.3g".formatted(number.toDouble());
    }

    @Override public TensorType type(List<Expr> in) { return in.getFirst().type(); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        var partials = new ArrayList<Partial>(Collections.nCopies(in.size(), Partial.disconnected()));
        partials.set(0, Partial.symmetric(g -> g));
        return partials;
    }

    @Override public boolean isStructural() { return true; }
    @Override public boolean isMergeable() { return false; }
    @Override public String name() { return "found"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

package org.agnesi.derive;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.error.ConvergenceError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Guarded;
import org.agnesi.symbolic.Symbol;

/// `x` itself if what was looked for has been found, an error that tells how near it came if not.
///
/// Args are `x`, whether it is found, and the numbers of the message, `%s` there.
public record Found(String message) implements Guarded {
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

    @Override public String name() { return "found"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

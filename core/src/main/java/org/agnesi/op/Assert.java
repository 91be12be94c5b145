package org.agnesi.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.CheckError;
import org.agnesi.error.Place;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Guarded;
import org.agnesi.symbolic.Symbol;
import org.jspecify.annotations.Nullable;

/// `x` itself, computed only if all conditions hold everywhere; an error with the user's message and line if one does not.
///
/// @param place the line that asked for it
public record Assert(String message, @Nullable Place place) implements Guarded {
    public static Expr check(Expr x, String message, Expr... conditions) {
        var args = new ArrayList<>(Required.all("check", "an expression", x));
        for (var c : Required.all("check", "a condition", conditions)) args.add(Cast.cast(c, DType.BOOL));
        if (conditions.length == 0) throw new TypeError("""
            check needs a condition, but got none for %s
            Say what has to hold: check(x, "message", gt(x, 0)).""".formatted(x));
        return Expr.of(new Assert(Required.of("check", "a message", message), Place.current()), args);
    }

    @Override public NDArray value(List<NDArray> in) {
        for (int k = 1; k < in.size(); k++)
            for (int i = 0; i < in.get(k).size(); i++) if (!in.get(k).booleanAt(i)) throw failed(in.get(k), k, i);
        return in.getFirst();
    }

    private CheckError failed(NDArray condition, int k, int i) {
        return new CheckError("""
            a check failed: %s
            Condition %d of it is false%s.""".formatted(message, k,
            condition.rank() == 0 ? "" : " at element " + Arrays.toString(Positions.at(condition.shape(), i))), place);
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        var args = new ArrayList<>(b.in());
        args.set(0, b.full(0));
        return Optional.of(List.of(Expr.of(this, args)));
    }

    @Override public String name() { return "check"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

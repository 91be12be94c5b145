package org.agnesi.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agnesi.symbolic.Expr;

/// Numbers the expressions that get an array of their own; a scalar reads slot 3 as `At(3, …)` or `Load(3, …)`.
final class Slots {
    private final Map<Expr, Integer> numbers = new IdentityHashMap<>();
    private final List<Expr> exprs = new ArrayList<>();
    private final Set<Expr> checked = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Whether the elements of `e` are in an array.
    boolean has(Expr e) { return numbers.containsKey(e) && !checked.contains(e); }

    /// The slot of `e`, which only stands for what is checked there: each reader finds the elements where `e` has them from.
    int checked(Expr e) {
        checked.add(e);
        return of(e);
    }

    boolean isChecked(Expr e) { return checked.contains(e); }

    /// The slot of `e`, which gets one now if it has none.
    int of(Expr e) {
        var number = numbers.putIfAbsent(e, exprs.size());
        if (number != null) return number;
        exprs.add(e);
        return exprs.size() - 1;
    }

    /// One more slot for what `slot` holds.
    int again(int slot) {
        exprs.add(exprs.get(slot));
        return exprs.size() - 1;
    }

    Expr expr(int slot) { return exprs.get(slot); }

    int count() { return exprs.size(); }

    List<Expr> exprs() { return List.copyOf(exprs); }
}

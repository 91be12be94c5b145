package org.agnesi;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.agnesi.error.LoopError;
import org.agnesi.symbolic.Expr;

/// What a step is handed at once: the elements of its sequences, or its states. Asked for more, it says what there is.
final class Handed extends AbstractList<Expr> implements RandomAccess {
    private final String what;
    private final String of;
    private final List<? extends Expr> told;
    private final List<Expr> handed;

    /// @param what each is, as `state`
    /// @param of   what the user gave for each, as `initial value`
    /// @param told what the user gave
    Handed(String what, String of, List<? extends Expr> told, List<Expr> handed) {
        this.what = what;
        this.of = of;
        this.told = told;
        this.handed = handed;
    }

    @Override public Expr get(int i) {
        if (i >= 0 && i < handed.size()) return handed.get(i);
        throw new LoopError("""
            the step of scan has %d %s%s, of %s, but asked for number %d
            They count from 0: give scan one %s for each that the step needs.""".formatted(
            size(), what, size() == 1 ? "" : "s", told, i, of));
    }

    @Override public Expr getFirst() { return get(0); }

    @Override public Expr getLast() { return get(Math.max(0, size() - 1)); }

    @Override public int size() { return handed.size(); }
}

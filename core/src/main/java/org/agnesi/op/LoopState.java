package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agnesi.array.DType;
import org.agnesi.error.LoopError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A value that each step of an [OpenLoop] makes from its own earlier values.
public final class LoopState {
    final int index;
    final Expr initial;
    final int depth;
    final TreeMap<Integer, Expr> previous = new TreeMap<>(Collections.reverseOrder());   // by tap: −1, −2 …
    @Nullable Expr next;
    @Nullable Shared updates;
    int at;

    LoopState(int index, Expr initial, int depth) {
        this.index = index;
        this.initial = initial;
        this.depth = depth;
        if (depth < 1) throw new LoopError("""
            a state remembers 1 step or more, but got %d
            Leave the depth out for the step before only.""".formatted(depth));
        if (depth > 1 && (initial.type().rank() == 0 || initial.type().isKnown(0) && initial.type().dim(0) != depth))
            throw new TypeError("""
            a state that remembers %d steps starts with %1$d values stacked along axis 0, but got %s of type %s
            Stack them, the oldest first.""".formatted(depth, initial, initial.type()));
    }

    /// Its place among the loop's states.
    public int index() { return index; }

    /// Its value this many steps ago.
    public Expr previous(int steps) {
        if (steps < 1) throw new LoopError("""
            %s has values 1 step ago and before, but its value %d steps ago was asked for
            What it becomes in this step is what next(…) is given.""".formatted(label(), steps));
        if (steps > depth) throw new LoopError("""
            %s remembers %d step%s, but its value %d steps ago was asked for
            Make it with state(initial, %4$d), the initial values stacked.""".formatted(label(), depth, depth == 1 ? "" : "s", steps));
        return previous.computeIfAbsent(-steps, _ -> LoopVariable.state(initial, element(), label()));
    }

    public void next(Expr value) {
        Required.of("next", "what " + label() + " becomes", value);
        if (next != null) throw new LoopError("""
            a step gives the next value of a state once, but %s was told to become %s, then %s
            Say in one expression what it becomes.""".formatted(label(), next, value));
        next = value;
    }

    Expr next() {
        if (next != null) return next;
        throw new LoopError("""
            a loop needs the next value of each state, but %s has none
            Say it with next(…).""".formatted(label()));
    }

    /// The taps that decide where its values are found are there even if nobody asked for them.
    void complete() { previous(depth); }

    String label() { return initial.name() == null ? index == 0 ? "s" : "s" + index : initial.name(); }

    List<Integer> taps() { return new ArrayList<>(previous.keySet()); }

    List<Expr> variables() { return new ArrayList<>(previous.values()); }

    /// The type of one value, as it stands.
    TensorType type() { return previous.firstEntry().getValue().type(); }

    /// The type of one initial value.
    private TensorType element() { return depth == 1 ? initial.type() : LoopBuilder.element(initial.type()); }

    /// The value before the first step.
    Expr newest() { return depth == 1 ? initial : Slice.element(initial, depth - 1); }

    /// Variables of the type that initial value and step have in common.
    void settle(Map<Expr, Expr> renamed) {
        var step = next().type();
        if (next().isWeak() && !initial.isWeak() && step.dtype() != initial.type().dtype()
            && DType.promote(step.dtype(), initial.type().dtype()) == initial.type().dtype()) {
            next = Cast.cast(next(), initial.type().dtype());
            step = next().type();
        }
        var start = element();
        if (start.rank() != step.rank() || !initial.isWeak() && DType.promote(start.dtype(), step.dtype()) != step.dtype())
            throw unsettled();
        var dims = new ArrayList<Integer>();
        for (int axis = 0; axis < step.rank(); axis++) {
            int a = start.dim(axis), b = step.dim(axis);
            if (a >= 0 && b >= 0 && a != b) throw unsettled();
            dims.add(a == b ? a : TensorType.UNKNOWN);
        }
        var type = new TensorType(step.dtype(), dims);
        previous.replaceAll((_, e) -> LoopBody.renamed(e, type, renamed));
    }

    TypeError unsettled() {
        return new TypeError("""
            scan needs a step that keeps its state's type, but %s starts as %s of type %s and its step gives %s of type %s
            Give an initial value of the step's type; only literals and narrower dtypes widen.""".formatted(
            label(), initial, element(), next(), next().type()));
    }
}

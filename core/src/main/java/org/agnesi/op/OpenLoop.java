package org.agnesi.op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agnesi.array.DType;
import org.agnesi.error.LoopError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Shared;
import org.jspecify.annotations.Nullable;

/// A loop as its user writes it: it hands out variables, and [#finish] settles their types and makes the [Scan].
public final class OpenLoop {
    /// The finished loop: all values of each state and its last, what was collected, the number of steps made.
    public record Finished(List<Expr> all, List<Expr> last, List<Expr> collected, Expr steps) {}

    private final Map<Expr, Map<Integer, Expr>> sequences = new LinkedHashMap<>();   // Expr compares by identity
    private final LoopBody body = new LoopBody();
    private final Map<Shared, Expr> updates = new LinkedHashMap<>();
    private final long begun = Constant.index(0).node().number();   // what is made from now on may belong to the step
    private @Nullable Expr steps;
    private boolean backwards;
    private int window;
    private Saving saving = Saving.ALL;

    /// The element of `sequence` at a distance from the step: 0 for its own, −1 for the one before.
    public Expr over(Expr sequence, int tap) {
        if (Required.of("scan", "a sequence", sequence).type().rank() == 0) throw new TypeError("""
            scan needs a sequence of rank 1 or more, but got the scalar %s of type %s
            Give it a dimension to iterate over, or use it in the step as it is.""".formatted(sequence, sequence.type()));
        return sequences.computeIfAbsent(sequence, _ -> new TreeMap<>())
            .computeIfAbsent(tap, _ -> LoopVariable.element(sequence, label(sequence)));
    }

    private String label(Expr sequence) {
        return sequence.name() == null ? sequences.size() == 1 ? "e" : "e" + sequences.size() : sequence.name() + "i";
    }

    /// A state that starts as `initial`; with a depth above 1 as its rows, the oldest first.
    public LoopState state(Expr initial, int depth) {
        var state = new LoopState(body.states.size(), Required.of("scan", "an initial value", initial), depth);
        body.states.add(state);
        return state;
    }

    public int collect(Expr value) {
        body.collected.add(Required.argument("collect", value));
        return body.collected.size() - 1;
    }

    public void until(Expr condition) {
        if (Required.of("until", "a condition", condition).type().rank() != 0) throw new TypeError("""
            until needs one condition, but got %s of type %s
            Reduce it with any or all.""".formatted(condition, condition.type()));
        if (!condition.type().dtype().isBool()) throw new TypeError("""
            until needs a condition, but got %s of type %s
            Compare it with something, as in gt(%1$s, 0).""".formatted(condition, condition.type()));
        if (body.until != null) throw new LoopError("""
            a loop ends by one condition, but was told to by %s, then by %s
            Join them with or(…) or and(…).""".formatted(body.until, condition));
        body.until = condition;
    }

    public void steps(Expr n) {
        if (Required.of("steps", "a number of steps", n).type().rank() != 0 || !n.type().dtype().isInteger()) throw new TypeError("""
            the number of steps needs to be an integer scalar, but got %s of type %s
            Cast it to int64.""".formatted(n, n.type()));
        if (n.constantLong().orElse(0) < 0) throw new LoopError("""
            a loop needs a number of steps of 0 or more, but got %s
            backwards() goes from the last element to the first.""".formatted(n));
        steps = Cast.cast(n, DType.INT64);
    }

    public void backwards() { backwards = true; }

    public void window(int steps) {
        if (steps < 1) throw new LoopError("""
            truncateGradient needs a number of steps of 1 or more, but got %d
            Leave it out for the whole gradient.""".formatted(steps));
        window = steps;
    }

    public void saveEvery(int steps) {
        if (steps < 1) throw new LoopError("""
            saveEvery needs a number of steps of 1 or more, but got %d
            Leave it out to store every state.""".formatted(steps));
        saving = new Saving.Every(steps);
    }

    public void saveWithin(long bytes) {
        if (bytes < 1) throw new LoopError("""
            saveWithin needs a number of bytes of 1 or more, but got %d
            Leave it out to store every state.""".formatted(bytes));
        saving = new Saving.Within(bytes);
    }

    /// `shared` as a state, whose last value a function makes its new value.
    public void update(Shared shared, Expr next) {
        Required.of("update", "a shared variable", shared);
        updates.put(shared, Cast.cast(Required.of("update", "what " + shared.name() + " becomes", next), shared.type().dtype()));
    }

    // finishing

    public Finished finish() {
        LoopUpdates.inside(body.roots(), begun, updates);
        var own = new IdentityHashMap<Expr, Expr>();
        updates.forEach((shared, next) -> {
            var state = state(shared, 1);
            state.updates = shared;
            state.next(next);
            own.put(shared, state.previous(1));
        });
        if (!own.isEmpty()) body.rebuild(LoopUpdates.bounded(body.roots(), begun, own));
        body.states.sort((a, b) -> Boolean.compare(a.updates != null, b.updates != null));
        body.settle(sequences.values());
        var n = count();
        var loop = new LoopBuilder(false);
        sequences.forEach((values, taps) -> add(loop, values, taps, n));
        for (var state : body.states) {
            loop.state(Cast.cast(state.initial, state.type().dtype()), state.taps(), state.variables());
            loop.next(state.at = loop.states() - 1, state.next());
        }
        body.collected.forEach(loop::collect);
        if (body.until != null) loop.until(body.until);
        loop.window(window);
        loop.saving(saving);
        loop.updates((int) body.states.stream().filter(s -> s.updates != null).count());
        return read(loop.build(n), n);
    }

    private Finished read(LoopBuilder.Built built, Expr n) {
        var all = new ArrayList<Expr>();
        var last = new ArrayList<Expr>();
        var inOrder = new ArrayList<>(body.states);
        inOrder.sort((a, b) -> Integer.compare(a.index, b.index));
        for (var state : inOrder) {
            var rows = built.state(state.at);
            all.add(rows);
            last.add(Rows.last(rows, Cast.cast(state.newest(), state.type().dtype()), false));
        }
        var executed = built.executed();
        return new Finished(all, last, built.collected(), executed == null ? n : executed);
    }

    private void add(LoopBuilder loop, Expr values, Map<Integer, Expr> taps, Expr n) {
        var distances = new ArrayList<>(taps.keySet());
        var variables = new ArrayList<>(taps.values());
        if (!backwards) {
            loop.sequence(values, distances, variables);
            return;
        }
        var used = Rows.first(values, Sizes.plus(n, Constant.index(span(distances))));
        loop.sequence(Rows.reversed(used), distances.stream().map(tap -> -tap).toList(), variables);
    }

    /// The steps asked for, or as many as the shortest sequence has.
    private Expr count() {
        Expr n = steps;
        for (var sequence : sequences.entrySet()) {
            int span = span(new ArrayList<>(sequence.getValue().keySet()));
            var length = sequence.getKey().length();
            var own = span == 0 ? length : Rows.less(length, span);
            n = n == null ? own : Rows.least(n, own);
        }
        if (n != null) return n;
        throw new LoopError("""
            scan needs a sequence or a number of steps, but got neither
            Give it one with over(…) or steps(…).""");
    }

    private static int span(List<Integer> taps) {
        return Math.max(0, taps.stream().mapToInt(t -> t).max().orElse(0)) - Math.min(0, taps.stream().mapToInt(t -> t).min().orElse(0));
    }
}

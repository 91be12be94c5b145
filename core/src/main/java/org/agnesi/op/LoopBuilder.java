package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.agnesi.array.DType;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A [Scan] being put together: sequences and states give the body its params, states and collected values are its results.
///
/// What [LoopNeeds] does not name is left out: sequences, captures, and states that are only [#helper]s.
public final class LoopBuilder {
    /// Params that step through an array: at each tap, the element at that distance.
    record Sequence(Expr values, List<Integer> taps, List<Expr> params) {}

    /// A param that is the same at every step.
    private record Capture(Expr value, Expr param) {}

    /// A value handed from step to step.
    static final class State {
        final Expr initial;
        final List<Integer> taps;
        final List<Expr> params;
        final boolean kept;
        @Nullable Expr next;

        State(Expr initial, List<Integer> taps, List<Expr> params, boolean kept) {
            this.initial = initial;
            this.taps = taps;
            this.params = params;
            this.kept = kept;
        }

        Expr next() { return Objects.requireNonNull(next); }
    }

    /// The results of the loop: per state all its values, absent where it was left out; what was collected; with `until` the steps done.
    public record Built(List<@Nullable Expr> states, List<Expr> collected, @Nullable Expr executed) {
        public Expr state(int k) { return Objects.requireNonNull(states.get(k)); }
    }

    private final boolean backwards;
    private final List<Sequence> sequences = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final List<Expr> collected = new ArrayList<>();
    private @Nullable Expr until;
    private int window;
    private int updates;
    private Saving saving = Saving.ALL;
    private boolean again;

    public LoopBuilder(boolean backwards) { this.backwards = backwards; }

    /// A new param that steps through `values`.
    Expr element(Expr values) {
        var param = Variable.variable("e" + sequences.size(), element(values.type()));
        sequence(values, List.of(0), List.of(param));
        return param;
    }

    /// What one element of a sequence of this type is.
    static TensorType element(TensorType values) { return values.withDims(values.dims().subList(1, values.rank())); }

    public void sequence(Expr values, List<Integer> taps, List<Expr> params) { sequences.add(new Sequence(values, taps, params)); }

    /// A new param that is `initial` before the first step and what [#next] says after each.
    Expr state(Expr initial) {
        var param = Variable.variable("s" + states.size(), initial.type());
        state(initial, List.of(-1), List.of(param));
        return param;
    }

    public void state(Expr initial, List<Integer> taps, List<Expr> params) { states.add(new State(initial, taps, params, true)); }

    /// A state whose values nobody reads but the body.
    public void helper(Expr initial, List<Integer> taps, List<Expr> params) { states.add(new State(initial, taps, params, false)); }

    public void next(int k, Expr next) { states.get(k).next = next; }

    int states() { return states.size(); }

    public void capture(Expr value, Expr param) { captures.add(new Capture(value, param)); }

    public void collect(Expr value) { collected.add(value); }

    public void until(Expr condition) { until = condition; }

    public void window(int steps) { window = steps; }

    /// The last `count` states update the shared variables they start from.
    public void updates(int count) { updates = count; }

    public void saving(Saving which) { saving = which; }

    /// A loop like `scan` where derivatives are concerned.
    public void like(Scan scan) {
        window = scan.window();
        saving = scan.saving();
        again = scan.again();
    }

    /// The loop's results after at most `n` steps.
    public Built build(Expr n) {
        var needs = needs();
        var kept = states.stream().filter(s -> s.kept || needs.any(s.params)).toList();
        var lasting = sequences.stream().map(s -> needs.pruned(s)).filter(s -> !s.params.isEmpty()).toList();
        var bound = captures.stream().filter(c -> needs.has(c.param)).toList();

        var params = new ArrayList<Expr>();
        var args = new ArrayList<>(List.of(n));
        lasting.forEach(s -> params.addAll(s.params));
        kept.forEach(s -> params.addAll(s.params));
        bound.forEach(c -> params.add(c.param));
        lasting.forEach(s -> args.add(s.values));
        kept.forEach(s -> args.add(s.initial));
        bound.forEach(c -> args.add(c.value));

        var closure = Lambda.close(params, results(kept));
        args.addAll(closure.captured());
        var spec = new LoopSpec(lasting.stream().map(Sequence::taps).toList(), kept.stream().map(s -> s.taps).toList(),
            bound.size() + closure.captured().size(), collected.size(), until != null, backwards, List.of());
        return split(kept, Expr.all(new Scan(spec, closure.lambda(), window, updates, saving, again), args));
    }

    private LoopNeeds needs() {
        var params = new ArrayList<Expr>();
        sequences.forEach(s -> params.addAll(s.params));
        states.forEach(s -> params.addAll(s.params));
        captures.forEach(c -> params.add(c.param));
        return LoopNeeds.of(new Lambda(params, results(states)), states);
    }

    private List<Expr> results(List<State> kept) {
        var results = new ArrayList<>(kept.stream().map(State::next).toList());
        results.addAll(collected);
        if (until != null) results.add(until);
        return results;
    }

    private Built split(List<State> kept, List<Expr> all) {
        var found = new ArrayList<@Nullable Expr>();
        for (var state : states) found.add(kept.contains(state) ? all.get(kept.indexOf(state)) : null);
        return new Built(Collections.unmodifiableList(found), all.subList(kept.size(), kept.size() + collected.size()),
            until == null ? null : all.getLast());
    }

    /// Zeros in a derivative's dtype, of these dimensions.
    static Expr zeros(DType dtype, List<Expr> dims) {
        return BroadcastTo.broadcastTo(Constant.of(0, dtype.floating()), dims);
    }
}

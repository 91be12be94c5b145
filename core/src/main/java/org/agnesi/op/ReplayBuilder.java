package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.agnesi.array.DType;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.kernel.ReplaySpec;
import org.agnesi.kernel.Saving;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A [Replay] being made of a loop and of the loop back through its states.
///
/// ```
/// advance:  h ↦ the last state of the loop, from h
/// reverse:  all states of the loop, from h; its gradient's loop over them; what is only added up, added to what was so far
/// ```
public final class ReplayBuilder {
    /// What stands for the gradient's loop: its states as one row each, and per collected its sum or its rows.
    public record Built(List<Expr> states, List<Expr> collected) {}

    private final Scan forward;
    private final Scan backward;
    private final List<Expr> from;
    private final List<Expr> back;
    private final List<Integer> sources;
    private final BitSet sums;
    private final List<Expr> params = new ArrayList<>();
    private final List<Expr> args = new ArrayList<>();

    /// @param sources per sequence of `back` the state of `forward` whose values it goes through after the initial ones, or −1
    /// @param sums    which collected are only added up, or of bools: whether any is true
    public ReplayBuilder(Node forward, Node back, List<Integer> sources, BitSet sums) {
        this.forward = ((Scan) forward.op()).states(false);
        this.backward = (Scan) back.op();
        this.from = forward.args();
        this.back = back.args();
        this.sources = sources;
        this.sums = sums;
    }

    /// Null where the sizes of what is collected are not known before.
    public @Nullable Built build() {
        var rows = BodyShapes.outside(backward, back, BranchShapes::of).subList(backward.spec().states(), backward.spec().results());
        if (rows.stream().flatMap(List::stream).anyMatch(Objects::isNull)) return null;
        parameter(Variable.variable("n", TensorType.scalar(DType.INT64)), from.getFirst());
        var steps = forwardParameters();
        int given = params.size();
        var all = Expr.all(plain(forward), steps);
        var advance = new Lambda(params.subList(0, given), lasts(all));
        var reverse = reverse(all, rows);
        for (int j = 0; j < rows.size(); j++) if (!sums.get(j)) args.addAll(sizes(rows.get(j)));
        var spec = new ReplaySpec(forward.spec(), spec(), forward.saving());
        return split(Expr.all(new Replay(spec, advance, reverse), args));
    }

    private static Scan plain(Scan scan) { return new Scan(scan.spec(), scan.body(), 0, 0, Saving.ALL, false); }

    private Expr parameter(Expr param, Expr arg) {
        params.add(param);
        args.add(arg);
        return param;
    }

    private Expr parameter(TensorType type, Expr arg) { return parameter(Variable.variable("p" + params.size(), type), arg); }

    private static TensorType some(TensorType rows) {
        return rows.withDims(Stream.concat(Stream.of(TensorType.UNKNOWN), rows.dims().stream().skip(1)).toList());
    }

    private List<Expr> forwardParameters() {
        var spec = forward.spec();
        var steps = new ArrayList<>(List.of(params.getFirst()));
        for (int i = 1; i < from.size(); i++) {
            int k = i - spec.initial(0);
            boolean state = k >= 0 && k < spec.states();
            steps.add(parameter(state ? state(k) : i < spec.initial(0) ? some(from.get(i).type()) : from.get(i).type(), from.get(i)));
        }
        return steps;
    }

    private TensorType state(int k) {
        var type = forward.body().params().get(forward.spec().previous(k)).type();
        return forward.spec().stacked(k) ? type.batched(forward.spec().depth(k)) : type;
    }

    /// The states after the steps.
    private List<Expr> lasts(List<Expr> all) {
        var lasts = new ArrayList<Expr>();
        for (int k = 0; k < all.size(); k++) {
            var n = params.getFirst();
            lasts.add(!forward.spec().stacked(k) ? Slice.element(all.get(k), -1)
                : Slice.piece(joined(all, k), 0, n, Add.add(n, Constant.index(forward.spec().depth(k)))));
        }
        return lasts;
    }

    /// All values of a state that steps see, and the last.
    private Expr joined(List<Expr> all, int k) {
        var initial = params.get(forward.spec().initial(k));
        return Rows.join(forward.spec().stacked(k) ? initial : DimShuffle.expandDims(initial, 0), all.get(k));
    }

    private Lambda reverse(List<Expr> all, List<List<@Nullable Expr>> rows) {
        var spec = backward.spec();
        var steps = new ArrayList<>(List.of(params.getFirst()));
        for (int k = 0; k < spec.sequences(); k++) {
            var values = back.get(spec.sequence(k));
            steps.add(sources.get(k) >= 0 ? joined(all, sources.get(k)) : parameter(some(values.type()), values));
        }
        for (int k = 0; k < spec.states(); k++)
            steps.add(parameter(backward.body().params().get(spec.previous(k)).type(), back.get(spec.initial(k))));
        var types = backward.body().types().subList(spec.states(), backward.body().types().size());
        var sofar = sums.stream().mapToObj(j -> sum(types.get(j), rows.get(j))).toList();
        for (int k = 0; k < spec.captures(); k++) steps.add(parameter(back.get(spec.capture(k)).type(), back.get(spec.capture(k))));
        return new Lambda(params, results(Expr.all(plain(backward), steps), sofar));
    }

    /// The states before the steps, what was so far and these steps' together, what they collect.
    private List<Expr> results(List<Expr> loop, List<Expr> sofar) {
        int states = backward.spec().states();
        var results = new ArrayList<Expr>();
        for (int k = 0; k < states; k++) results.add(Slice.element(loop.get(k), 0));
        int next = 0;
        for (int j : sums.stream().toArray()) {
            var sum = sofar.get(next++);
            results.add(kind(sum.type()).plus(sum, kind(sum.type()).total(loop.get(states + j))));
        }
        for (int j = 0; j < backward.spec().collected(); j++) if (!sums.get(j)) results.add(loop.get(states + j));
        return results;
    }

    private Expr sum(TensorType type, List<@Nullable Expr> rows) {
        return parameter(type, BroadcastTo.broadcastTo(kind(type).nothing(type.dtype()), sizes(rows)));
    }

    private static List<Expr> sizes(List<@Nullable Expr> rows) {
        var sizes = new ArrayList<Expr>();
        for (var size : rows.subList(1, rows.size())) sizes.add(Objects.requireNonNull(size));
        return sizes;
    }

    private static Owed.Kind kind(TensorType type) { return type.dtype() == DType.BOOL ? Owed.Kind.MASKS : Owed.Kind.COTANGENTS; }

    /// The gradient's loop without the states of the other; sums are states.
    private LoopSpec spec() {
        var spec = backward.spec();
        var taps = new ArrayList<List<Integer>>();
        for (int k = 0; k < spec.sequences(); k++) if (sources.get(k) < 0) taps.add(spec.sequenceTaps().get(k));
        int states = spec.states() + sums.cardinality();
        return new LoopSpec(taps, Collections.nCopies(states, List.of(-1)), spec.captures(), spec.collected() - sums.cardinality(), false,
            true, List.of());
    }

    private Built split(List<Expr> results) {
        int states = backward.spec().states();
        var collected = new ArrayList<Expr>();
        int sum = states, row = states + sums.cardinality();
        for (int j = 0; j < backward.spec().collected(); j++) collected.add(results.get(sums.get(j) ? sum++ : row++));
        return new Built(results.subList(0, states).stream().map(this::row).toList(), collected);
    }

    /// One row, or none where no step is made.
    private Expr row(Expr value) { return Rows.first(DimShuffle.expandDims(value, 0), Rows.least(from.getFirst(), Constant.index(1))); }
}

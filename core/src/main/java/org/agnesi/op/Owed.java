package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agnesi.array.DType;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Axes;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// What a loop's later steps owe to the earlier values of its states: cotangents, or masks of the elements that can matter.
///
/// [ScanPull]'s loop carries it against the direction of the loop it derives. What is owed to j steps back moves up one step
/// each time, and the step's share joins it.
final class Owed {
    /// How what is owed adds up.
    enum Kind {
        COTANGENTS, MASKS;

        Expr nothing(DType dtype) { return this == MASKS ? Constant.constant(false) : Constant.of(0, dtype.floating()); }
        Expr plus(Expr a, Expr b) { return this == MASKS ? Logical.or(a, b) : Add.add(a, b); }
        Expr total(Expr rows) { return this == MASKS ? Quantifier.any(rows, Axes.over(0)) : Rows.sum(rows); }
    }

    private final Kind kind;
    private final LoopSpec spec;
    private final List<Expr> params;
    private final List<Expr> in;
    private final Map<Integer, List<Expr>> owed = new TreeMap<>();   // per state, to 1, 2 … steps back
    private final Map<Integer, Expr> given = new TreeMap<>();        // per state, what its last value is owed from outside
    private int first;

    /// @param params the derived loop's body's
    /// @param in     its arguments
    /// @param states for which of its states
    Owed(Kind kind, LoopSpec spec, List<Expr> params, List<Expr> in, BitSet states) {
        this.kind = kind;
        this.spec = spec;
        this.params = params;
        this.in = in;
        for (int k : states.stream().toArray()) {
            var param = params.get(spec.previous(k));
            var type = param.type().with(kind.nothing(param.type().dtype()).type().dtype());
            var own = new ArrayList<Expr>();
            for (int j = 0; j < spec.depth(k); j++) own.add(Variable.variable("g" + param.name(), type));
            owed.put(k, own);
        }
    }

    boolean has(int k) { return owed.containsKey(k); }

    /// What is owed to the value that this step makes of state `k`; absent where nothing is carried for it.
    @Nullable Expr now(int k) {
        var own = owed.get(k);
        return own == null ? null : own.getFirst();
    }

    /// Says what is owed to the last value of a state before the first step.
    void give(int k, Expr start) { given.put(k, start); }

    /// Makes it states of the loop: nothing, or what was given, before the first step, then what is there and the step's shares, by the
    /// body's params.
    void step(LoopBuilder loop, Map<Expr, Expr> shares) {
        first = loop.states();
        owed.forEach((k, own) -> {
            for (var value : own) loop.state(value == own.getFirst() ? start(k, value) : nothing(k), List.of(-1), List.of(value));
        });
        int at = first;
        for (int k : owed.keySet()) {
            var own = owed.get(k);
            for (int j = 1; j <= own.size(); j++) {
                int tap = spec.stateTaps().get(k).indexOf(-j);
                var share = tap < 0 ? null : shares.get(params.get(spec.previous(k) + tap));
                var later = j < own.size() ? own.get(j) : null;
                var next = share == null ? later : later == null ? share : kind.plus(later, share);
                loop.next(at++, next != null ? next : nothing(params.get(spec.previous(k)), own.getFirst().lengths()));
            }
        }
    }

    private Expr start(int k, Expr value) {
        var start = given.get(k);
        if (start == null) return nothing(k);
        return start.type().equals(value.type()) ? start : BroadcastTo.broadcastTo(start, nothing(k).lengths());
    }

    private Expr nothing(int k) {
        var initial = in.get(spec.initial(k));
        return nothing(initial, initial.lengths().subList(spec.stacked(k) ? 1 : 0, initial.type().rank()));
    }

    private Expr nothing(Expr like, List<Expr> dims) { return BroadcastTo.broadcastTo(kind.nothing(like.type().dtype()), dims); }

    /// What is still owed to the initial value of state `k` after the step at the first place.
    ///
    /// @param start that place, where steps before it do not count
    Expr initial(int k, LoopBuilder.Built built, boolean backwards, @Nullable Expr start) {
        int at = first;
        for (int other : owed.keySet()) if (other < k) at += spec.depth(other);
        var nothing = nothing(k);
        var oldestFirst = new ArrayList<Expr>();
        for (int j = spec.depth(k) - 1; j >= 0; j--) {
            var last = Rows.last(built.state(at + j), nothing, backwards);
            oldestFirst.add(start == null ? last
                : Where.where(Compare.gt(start, Constant.index(0)), kind.nothing(nothing.type().dtype()), last));
        }
        return spec.stacked(k)
            ? Rows.join(oldestFirst.stream().map(e -> DimShuffle.expandDims(e, 0)).toArray(Expr[]::new)) : oldestFirst.getFirst();
    }
}

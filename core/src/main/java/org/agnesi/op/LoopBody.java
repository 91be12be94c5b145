package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// What a step of an [OpenLoop] makes: the next value of each state, what is collected, whether to stop.
///
/// A state's type is its step's, to which the initial value widens: both are found together, by rebuilding the body
/// until nothing changes.
final class LoopBody {
    private static final int ROUNDS = 8;

    final List<LoopState> states = new ArrayList<>();
    final List<Expr> collected = new ArrayList<>();
    @Nullable Expr until;

    /// Plain variables of settled types in the place of loop variables: of the states and of the sequences' elements.
    void settle(Collection<Map<Integer, Expr>> elements) {
        states.forEach(LoopState::complete);
        for (int round = 0; ; round++) {
            if (round == ROUNDS) throw states.getFirst().unsettled();
            var renamed = new IdentityHashMap<Expr, Expr>();
            if (round == 0) for (var taps : elements) taps.replaceAll((_, e) -> renamed(e, e.type(), renamed));
            for (var state : states) state.settle(renamed);
            if (renamed.isEmpty()) return;
            rebuild(renamed);
        }
    }

    static Expr renamed(Expr e, TensorType type, Map<Expr, Expr> renamed) {
        if (e.type().equals(type) && e.node().op() instanceof Variable) return e;
        return renamed.computeIfAbsent(e, _ -> Variable.variable(String.valueOf(e.name()), type));
    }

    /// What a step makes: next states, collected values, `until`.
    List<Expr> roots() {
        var roots = new ArrayList<Expr>(states.stream().map(LoopState::next).toList());
        roots.addAll(collected);
        if (until != null) roots.add(until);
        return roots;
    }

    void rebuild(Map<Expr, Expr> renamed) {
        var rebuilt = Graph.replace(roots(), renamed);
        for (int k = 0; k < states.size(); k++) states.get(k).next = rebuilt.get(k);
        IntStream.range(0, collected.size()).forEach(j -> collected.set(j, rebuilt.get(states.size() + j)));
        if (until != null) until = rebuilt.getLast();
    }
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Lambda;

/// The params of a loop's body that some kept result needs, over any number of steps.
record LoopNeeds(Set<Expr> params) {
    /// The needs of a body whose first results are the next values of `states`; what follows them is kept.
    static LoopNeeds of(Lambda body, List<LoopBuilder.State> states) {
        var dependences = body.dependences();
        var needed = new BitSet();
        for (int r = 0; r < dependences.size(); r++) if (r >= states.size() || states.get(r).kept) needed.or(dependences.get(r));
        for (boolean grows = true; grows; ) {
            int before = needed.cardinality();
            for (int k = 0; k < states.size(); k++)
                if (states.get(k).params.stream().anyMatch(p -> needed.get(body.params().indexOf(p)))) needed.or(dependences.get(k));
            grows = needed.cardinality() > before;
        }
        Set<Expr> params = Collections.newSetFromMap(new IdentityHashMap<>());
        needed.stream().forEach(i -> params.add(body.params().get(i)));
        return new LoopNeeds(params);
    }

    boolean has(Expr param) { return params.contains(param); }

    boolean any(List<Expr> some) { return some.stream().anyMatch(params::contains); }

    /// The sequence without the taps that nobody reads; its places stay: the smallest and largest tap decide them.
    LoopBuilder.Sequence pruned(LoopBuilder.Sequence s) {
        if (!any(s.params())) return new LoopBuilder.Sequence(s.values(), List.of(), List.of());
        if (s.taps().size() == 1) return s;
        int least = Math.min(0, Collections.min(s.taps()));
        var taps = new ArrayList<Integer>();
        var kept = new ArrayList<Expr>();
        for (int i = 0; i < s.taps().size(); i++)
            if (has(s.params().get(i)) || s.taps().get(i) == least) {
                taps.add(s.taps().get(i));
                kept.add(s.params().get(i));
            }
        return new LoopBuilder.Sequence(s.values(), taps, kept);
    }
}

package org.agnesi.op;

import java.util.BitSet;
import java.util.List;

/// Which of a loop's values depend on which, over any number of steps.
final class LoopDependence {
    private final Scan scan;
    private final List<BitSet> connections;

    LoopDependence(Scan scan) {
        this.scan = scan;
        this.connections = scan.body().connections();
    }

    /// The body's params that change at some step when `seeds` do: a state's, if its next value depends on one that does.
    BitSet closure(BitSet seeds) {
        var spec = scan.spec();
        var touched = (BitSet) seeds.clone();
        for (boolean grows = true; grows; ) {
            int before = touched.cardinality();
            for (int k = 0; k < spec.states(); k++)
                if (connections.get(k).intersects(touched)) touched.or(spec.params(spec.initial(k)));
            grows = touched.cardinality() > before;
        }
        return touched;
    }

    /// The results that a cotangent comes to, given those it starts from: a state's, if a later step uses it.
    ///
    /// @param varied the params that matter; results that depend on none of them are left out
    BitSet live(BitSet seeds, BitSet varied) {
        var spec = scan.spec();
        var live = new BitSet();
        for (int r : seeds.stream().toArray()) if (connections.get(r).intersects(varied)) live.set(r);
        for (boolean grows = true; grows; ) {
            int before = live.cardinality();
            for (int k = 0; k < spec.states(); k++)
                if (connections.get(k).intersects(varied) && used(live).intersects(spec.params(spec.initial(k)))) live.set(k);
            grows = live.cardinality() > before;
        }
        return live;
    }

    /// The params that some of the results depend on.
    BitSet used(BitSet results) {
        var used = new BitSet();
        results.stream().forEach(r -> used.or(connections.get(r)));
        return used;
    }
}

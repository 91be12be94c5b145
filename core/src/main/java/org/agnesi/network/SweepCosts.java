package org.agnesi.network;

import java.util.IdentityHashMap;
import java.util.Map;
import org.agnesi.derive.Jacobian;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;

/// What the sweeps of a product take, for each multiplication of a forward one along a vector that is nowhere else.
final class SweepCosts {
    /// A reverse sweep takes as much as a forward one, or a little more; through a loop it makes again what the steps did not keep.
    private static final double BACK = 1.01, BACK_THROUGH_STEPS = 1.3;

    /// What goes along a vector that a formula has may be there already; what another factor is, is.
    private static final double KNOWN = 0.98, MADE = 0.5;

    private final Alike alike;
    private final Map<Node, Double> backs = new IdentityHashMap<>();

    SweepCosts(Alike alike) { this.alike = alike; }

    /// A reverse sweep.
    double back(Derived j) {
        return backs.computeIfAbsent(j.jacobian(), node -> Graph.inOrder(((Jacobian) node.op()).body().results()).stream()
            .anyMatch(inner -> inner.op() instanceof Scan) ? BACK_THROUGH_STEPS : BACK);
    }

    /// A sweep along this vector, which another factor may be, or the Jacobian's own formula have, as `J.T·J·v` has v.
    double known(Derived j, Dense t, boolean forward) {
        return alike.isSwept(j, t, forward) ? MADE : j.jacobian().args().contains(t.value()) ? KNOWN : 1;
    }
}

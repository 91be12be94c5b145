package org.agnesi.network;

import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Factor.Derived;

/// What the sweeps of a product take, for each multiplication of a forward one along a vector that is nowhere else.
final class SweepCosts {
    /// A reverse sweep takes as much as a forward one, or a little more.
    static final double BACK = 1.01;

    /// What goes along a vector that a formula has may be there already; what another factor is, is.
    private static final double KNOWN = 0.98, MADE = 0.5;

    private final Alike alike;

    SweepCosts(Alike alike) { this.alike = alike; }

    /// A sweep along this vector, which another factor may be, or the Jacobian's own formula have, as `J.T·J·v` has v.
    double known(Derived j, Dense t, boolean forward) {
        return alike.isSwept(j, t, forward) ? MADE : j.jacobian().args().contains(t.value()) ? KNOWN : 1;
    }
}

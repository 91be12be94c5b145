package org.agnesi.network;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an expression made of Jacobians is until it is computed, in up to two ways.
///
/// @param whole  a sum of products of tensors and Jacobians; null where these are too many
/// @param inTurn the same with factors that are products of sums, see [InTurn]; null where there are none
public record Reading(@Nullable Network whole, @Nullable Network inTurn) {
    /// Null where neither is there.
    static @Nullable Reading of(@Nullable Network whole, @Nullable Network inTurn) {
        return whole == null && inTurn == null ? null : new Reading(whole, inTurn);
    }

    /// As tensors and Jacobians, if it can be.
    public Network network() { return whole == null ? shortest() : whole; }

    /// The one with the fewest terms.
    Network shortest() { return inTurn == null ? Objects.requireNonNull(whole) : inTurn; }

    public boolean derives() { return network().derives(); }
}

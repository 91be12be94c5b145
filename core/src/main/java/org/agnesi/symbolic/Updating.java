package org.agnesi.symbolic;

import java.util.Map;

/// An op some of whose results are the new values of shared variables: a loop that updates them as it runs.
///
/// A function that computes such a node commits these values after the call, together with its own updates.
public interface Updating extends Op {
    /// What each shared variable becomes, in terms of the node's results; the node's op is this.
    Map<Shared, Expr> updates(Node node);
}

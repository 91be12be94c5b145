package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A loop is used in a way that no loop works: its variable outside it, no sequence and no number of steps, a state without a next value.
///
/// ```java
/// var kept = new Expr[1];
/// scan(x, xi -> kept[0] = xi.pow(2));
/// function(x, kept[0]);                        // fails: xi exists only inside the loop
/// function(x, scan(x, xi -> xi.pow(2)));       // works
/// ```
public final class LoopError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public LoopError(String message) { super(message); }

    /// The same, at the line `place` instead of the one being executed.
    public LoopError(String message, @Nullable Object place) { super(message, null, place); }
}

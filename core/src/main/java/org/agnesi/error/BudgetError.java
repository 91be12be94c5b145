package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A gradient may hold fewer bytes than it can do with.
///
/// ```java
/// loop.saveWithin(100);      // fails where a single step holds more
/// loop.saveWithin(10_000);   // works
/// ```
public final class BudgetError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public BudgetError(String message) { super(message); }

    /// The same, at the line `place` instead of the one being executed.
    public BudgetError(String message, @Nullable Object place) { super(message, null, place); }
}

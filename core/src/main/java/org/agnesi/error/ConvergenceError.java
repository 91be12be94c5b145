package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// What is found step by step was not found: a root, a minimum, a fixed point, or a derivative of one.
///
/// ```java
/// root(x -> x.sqr().plus(1), 1.0);     // fails at the call: no number is its square's opposite
/// root(x -> x.sqr().minus(1), 2.0);    // works
/// ```
public final class ConvergenceError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    /// @param message what was wanted, how near it came, what to do
    public ConvergenceError(String message) { super(message, null, null); }

    private ConvergenceError(ConvergenceError raw, @Nullable Object place) { super(raw.reason(), raw, place); }

    /// This error with the line that asked.
    public ConvergenceError in(@Nullable Object place) { return new ConvergenceError(this, place); }
}

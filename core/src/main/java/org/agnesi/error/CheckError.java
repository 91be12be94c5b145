package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A condition that a formula was told to check does not hold.
///
/// ```java
/// var y = check(x.log(), "x is positive", x.gt(0));
/// function(x, y).call(-1.0);   // fails, with the message and the line of the check
/// function(x, y).call(1.0);    // works
/// ```
public final class CheckError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    /// @param place the line of the check
    public CheckError(String message, @Nullable Object place) { super(message, null, place); }
}

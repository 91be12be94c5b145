package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A function's outputs need a variable that is not among its inputs.
///
/// ```java
/// function(x, x.plus(y));              // fails: y has no value
/// function(inputs(x, y), x.plus(y));   // works
/// ```
public final class MissingInputError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    /// @param place where the variable was made, if that is known
    public MissingInputError(String message, @Nullable Object place) { super(message, null, place); }
}

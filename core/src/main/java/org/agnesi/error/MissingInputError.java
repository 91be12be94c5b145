package org.agnesi.error;

/// A function's outputs need a variable that is not among its inputs.
///
/// ```java
/// function(x, x.plus(y));              // fails: y has no value
/// function(inputs(x, y), x.plus(y));   // works
/// ```
public final class MissingInputError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public MissingInputError(String message) { super(message); }
}

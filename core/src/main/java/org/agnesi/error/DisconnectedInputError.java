package org.agnesi.error;

/// A derivative was asked for with respect to something that the formula does not depend on.
///
/// ```java
/// grad(sum(exp(y)), x);                         // fails: x is not part of exp(y)
/// grad(sum(exp(y)), x, ignoreDisconnected());   // works: zeros
/// ```
public final class DisconnectedInputError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public DisconnectedInputError(String message) { super(message); }
}

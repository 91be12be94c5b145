package org.agnesi.error;

/// A call got the wrong number of arguments, or one that it cannot use.
///
/// ```java
/// var f = function(inputs(x, y), x.plus(y));
/// f.call(1.0);        // fails: two inputs, one argument
/// f.call(1.0, 2.0);   // works
/// ```
public final class ArgumentError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public ArgumentError(String message) { super(message); }
}

package org.agnesi.error;

/// A compiled function cannot be bound to an interface: its method's parameters or result do not fit inputs and outputs.
///
/// ```java
/// function(inputs(x, y), x.plus(y)).bind(DoubleUnaryOperator.class);    // fails: two inputs, one parameter
/// function(inputs(x, y), x.plus(y)).bind(DoubleBinaryOperator.class);   // works
/// ```
public final class BindError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public BindError(String message) { super(message); }
}

package org.agnesi.error;

/// A derivative was asked for through an op that has none.
///
/// ```java
/// grad(sum(solve(A, b, "lstsq")), A);   // fails: that op has no derivative, the message says why
/// grad(sum(zeroGrad(f(x))), x);         // works: zeroGrad says that this path counts as constant
/// ```
public final class NotDifferentiableError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public NotDifferentiableError(String message) { super(message); }

    private NotDifferentiableError(String message, NotDifferentiableError inside) { super(message, inside); }

    /// The same, met on the way through the function `formula` of op `name`.
    public NotDifferentiableError inside(String name, String formula) {
        return new NotDifferentiableError("""
            %s needs a function with derivatives, but on the way through %s
            %s""".formatted(name, formula, reason()), this);
    }

    /// The error of op `name` with respect to input `x`, for this `reason`.
    public static NotDifferentiableError of(String name, String x, String reason) {
        return new NotDifferentiableError("""
            %s has no derivative with respect to %s: %s
            Stop it with zeroGrad or disconnectedGrad where that is meant.""".formatted(name, x, reason));
    }
}

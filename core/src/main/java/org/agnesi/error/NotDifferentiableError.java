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

    /// The error of op `name` with respect to input `x`, for this `reason`.
    public static NotDifferentiableError of(String name, String x, String reason) {
        return new NotDifferentiableError("""
            %s has no derivative with respect to %s: %s
            Stop it with zeroGrad or disconnectedGrad where that is meant.""".formatted(name, x, reason));
    }
}

package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A matrix is not one that the operation can use: singular, or not positive definite.
///
/// ```java
/// solve(A, b);                              // fails at the call if A is [[1, 2], [2, 4]]
/// solve(A.plus(mul(1e-6, eye(2))), b);      // works
/// ```
public final class MatrixError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    private final String template;

    /// @param template what is wrong, `%s` for the matrix, found by code that does not know what the user calls it; see [#in]
    public MatrixError(String template) {
        super(template.formatted("a matrix"));
        this.template = template;
    }

    private MatrixError(MatrixError raw, String name, @Nullable Object place) {
        super(raw.template.formatted(name), raw, place);
        this.template = raw.template;
    }

    /// This error with the matrix's name and the line that uses it.
    public MatrixError in(String name, @Nullable Object place) { return new MatrixError(this, name, place); }
}

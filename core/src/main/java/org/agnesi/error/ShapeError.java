package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// Lengths do not fit: of rows, of two operands, of an index and its array, of data and its shape.
///
/// ```java
/// NDArray.of(new double[][] {{1, 2, 3}, {4, 5}});      // fails: row 1 has length 2, row 0 has length 3
/// NDArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}});   // works
/// ```
public final class ShapeError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public ShapeError(String message) { super(message); }

    /// The same, at the line `place` instead of the one being executed.
    public ShapeError(String message, @Nullable Object place) { super(message, null, place); }
}

package org.agnesi.error;

/// Lengths do not fit: of rows, of two operands, of an index and its array, of data and its shape.
///
/// ```java
/// NDArray.of(new double[][] {{1, 2, 3}, {4, 5}});      // fails: row 1 has length 2, row 0 has length 3
/// NDArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}});   // works
/// ```
public final class ShapeError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public ShapeError(String message) { super(message); }
}

package org.agnesi.error;

/// A dtype, a rank or a Java type is not one that the operation accepts.
///
/// ```java
/// NDArray.generateDoubles(DType.INT32, shape, i -> i);   // fails: int32 is not a floating dtype
/// NDArray.generateLongs(DType.INT32, shape, i -> i);     // works
/// ```
public final class TypeError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    public TypeError(String message) { super(message); }
}

package org.agnesi.error;

import org.jspecify.annotations.Nullable;

/// A position lies outside its axis.
///
/// ```java
/// dvector("x", 3).get(3);    // fails: positions go from -3 to 2
/// dvector("x", 3).get(-1);   // works: the last element
/// ```
public final class IndexError extends AgnesiException {
    private static final long serialVersionUID = 1L;

    private final int axis;
    private final long position;
    private final long size;
    private final boolean named;

    /// A position along an axis of some size, found by code that does not know what the user calls the tensor; see [#in].
    public IndexError(int axis, long position, long size) {
        super(text("", axis, position, size), null, null);
        this.axis = axis;
        this.position = position;
        this.size = size;
        this.named = false;
    }

    private IndexError(IndexError raw, String what, String shape, @Nullable Object place) {
        super(text(" of " + what, raw.axis, raw.position, raw.size).replace("\n", "\n  " + what + ": " + shape + "\n"), null, place);
        axis = raw.axis;
        position = raw.position;
        size = raw.size;
        named = true;
    }

    /// This error with the user's names, unless it has some: the tensor, its shape or type, and the line.
    public IndexError in(String what, String shape, @Nullable Object place) {
        return named ? this : new IndexError(this, what, shape, place);
    }

    private static String text(String what, int axis, long position, long size) {
        return size == 0
            ? "a position along axis %d%s is impossible, but got %d\nThe axis is empty: it has no elements.".formatted(axis, what, position)
            : "a position from %d to %d is needed along axis %d%s, but got %d\nPositions count from 0; negative ones count from the end."
                .formatted(-size, size - 1, axis, what, position);
    }
}

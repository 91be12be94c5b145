package org.agnesi.symbolic;

import org.jspecify.annotations.Nullable;

/// One item of an index that is neither a position nor a tensor of positions: `x.get(all(), range(1, 3), newAxis())`.
public sealed interface Index {

    /// The positions `from`, `from + step`, … before `to`, as in Python's `from:to:step`: negative bounds count from
    /// the end, bounds beyond an end mean that end.
    ///
    /// @param from an integer or an int64 scalar; null for the end where it starts
    /// @param to   the same; null for the end where it stops
    /// @param step not 0; negative ones go backwards
    record Range(@Nullable Object from, @Nullable Object to, int step) implements Index {
        public Range {
            step = Math.max(step, -Integer.MAX_VALUE);   // the one below has no opposite, and takes the same single position
        }

        /// These positions by another step: `all().by(-1)` is `::-1`.
        public Range by(int step) { return new Range(from, to, step); }
    }

    /// A new dimension of size 1.
    record NewAxis() implements Index {}

    /// As many whole dimensions as are left.
    record Ellipsis() implements Index {}
}

package org.agnesi.run;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agnesi.kernel.Scalar;
import org.jspecify.annotations.Nullable;

/// What is made for lengths that only calls tell, once calls have seen enough points: new code takes some milliseconds.
final class ByLengths<T> {
    /// The most lengths: what is called with more of them has one program for all others.
    private static final int MOST = 4;
    /// Points seen before anything is made.
    private static final long ENOUGH = 200_000;

    private final Whole[] sizes;
    private volatile List<Made<T>> all = List.of();
    /// Not exact where several threads count at once, which is of no matter.
    private long seen;

    ByLengths(List<Scalar> sizes) { this.sizes = Action.whole(sizes); }

    private record Made<T>(long[] lengths, T value) {}

    /// What was made for the lengths in a frame.
    @Nullable T known(Frame frame) {
        var all = this.all;
        for (int k = 0; k < all.size(); k++) if (isFor(all.get(k), frame)) return all.get(k).value;
        return null;
    }

    private boolean isFor(Made<T> made, Frame frame) {
        for (int k = 0; k < sizes.length; k++) if (made.lengths[k] != sizes[k].at(frame)) return false;
        return true;
    }

    /// Whether nothing more is made.
    boolean isFull() { return all.size() == MOST; }

    /// What is made for lengths that are not known yet, after a run of so many points; null where that is not worth it yet.
    ///
    /// @param often whether there will be many such runs
    @Nullable T after(long points, boolean often, Frame frame, Function<long[], T> maker) {
        seen += points;
        return points > 0 && (often || seen >= ENOUGH) ? make(frame, maker) : null;
    }

    private synchronized @Nullable T make(Frame frame, Function<long[], T> maker) {
        var known = known(frame);   // another thread's
        if (known != null || isFull()) return known;
        var lengths = Arrays.stream(sizes).mapToLong(size -> size.at(frame)).toArray();
        var value = maker.apply(lengths);
        all = Stream.concat(all.stream(), Stream.of(new Made<>(lengths, value))).toList();
        return value;
    }

    Stream<T> values() { return all.stream().map(Made::value); }
}

package org.agnesi.run;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Things that nobody uses at the moment, kept for the next user. Any number of threads may take and give.
///
/// One of them is exchanged by a single atomic instruction, which is all that a caller alone ever meets; a lock would cost it
/// several times as much as a small function's work.
public final class Idle<T> {
    private static final int MOST = 8;

    private final AtomicReference<@Nullable T> first = new AtomicReference<>();
    private final ArrayDeque<T> others = new ArrayDeque<>();

    /// One of them, which is the caller's until given back; null where there is none.
    public @Nullable T take() {
        var found = first.getAndSet(null);
        if (found != null) return found;
        synchronized (others) {
            return others.poll();
        }
    }

    /// Keeps none any more.
    void clear() {
        first.set(null);
        synchronized (others) {
            others.clear();
        }
    }

    /// Keeps one more, unless there are many. Of two that are given at once one may be lost, which spares all others an atomic instruction.
    public void give(T thing) {
        if (first.getAcquire() == null) {
            first.setRelease(thing);
            return;
        }
        synchronized (others) {
            if (others.size() < MOST) others.push(thing);
        }
    }
}

package org.agnesi.run;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Vector code run until it is faster than scalar code, or time is over: a slice at a time, in turns with other trials.
///
/// Mostly in tastes, which HotSpot counts like whole runs; in a whole one when tastes are as good as those of scalar code, whose time
/// counts. While one loop after the other is compiled, runs get shorter, and it pays to wait for the rest.
final class Trial {
    /// What became of a slice.
    enum State { UNDECIDED, FASTER, SLOWER }

    /// What asks for a taste, in calls of so many points.
    private static final int TASTE = -64;
    /// Points of a call where there are no tastes, and how many such runs go before a whole one.
    private static final int SHORT = 16, PARTS = 4;
    /// Nanoseconds of tastes after which a whole run is tried all the same.
    private static final long TASTED = 1_000_000_000;
    /// A taste of vectors may take so many times as long: calls take most of it.
    private static final int NEAR = 4;
    /// Nanoseconds of its own without progress after which a trial ends, with progress, and how much shorter calls are called that.
    private static final long LONGEST = 3_000_000_000L, LAST = 15_000_000_000L;
    private static final double PROGRESS = 0.8;
    /// Nanoseconds of a slice.
    private static final long SLICE = 20_000_000;
    /// Nanoseconds of a call that is not compiled yet; and of the pause after it, in which HotSpot has the processor.
    private static final long PAUSE = 30_000_000;
    /// Nanoseconds in which the scalar code shows what it takes.
    private static final long SCALAR = 500_000;

    private final EmittedBody scalar, vectors;
    private final Frame frame;
    private final BooleanSupplier othersWait;
    private long spent, progress, least = Long.MAX_VALUE, leastPart = Long.MAX_VALUE;
    /// What the last whole run took, and tastes since.
    private long last, tasted;
    private boolean tastes;
    private int parts;

    /// @param othersWait whether there is something better to do than to wait
    Trial(EmittedBody scalar, EmittedBody vectors, Frame frame, BooleanSupplier othersWait) {
        this.scalar = scalar;
        this.vectors = vectors;
        tastes = vectors.emitted().tastes();
        this.frame = frame;
        this.othersWait = othersWait;
    }

    State slice() {
        long taste = tastes ? leastNanos(scalar, TASTE) : 0, nanos = leastNanos(scalar, EmittedBody.CHUNK);
        for (long end = spent + SLICE; spent < end; ) {
            boolean whole = tastes ? tasted >= last && (tasted >= TASTED || leastPart < NEAR * taste)
                : ++parts % PARTS == 0 || leastPart < nanos;
            long time = whole ? time(vectors, EmittedBody.CHUNK) : tastes ? taste() : time(vectors, SHORT);
            if (whole && time < nanos) return State.FASTER;
            took(time, whole);
            if (time > PAUSE && !othersWait.getAsBoolean()) pause();
        }
        return spent - progress < LONGEST && spent < LAST ? State.UNDECIDED : State.SLOWER;
    }

    private void took(long time, boolean whole) {
        spent += time;
        if (time < PROGRESS * (whole ? least : leastPart)) progress = spent;
        if (whole) least = Math.min(least, time);
        else leastPart = Math.min(leastPart, time);
        last = whole ? time : last;
        tasted = whole ? 0 : tasted + time;
    }

    /// What is computed of few points may be no position; all points are taken from then on.
    private long taste() {
        try {
            return time(vectors, TASTE);
        } catch (RuntimeException e) {
            tastes = false;
            return 0;
        }
    }

    private void pause() {
        LockSupport.parkNanos(PAUSE);
        spent += PAUSE;
    }

    /// The least time of some runs.
    private long leastNanos(EmittedBody body, int chunk) {
        long best = Long.MAX_VALUE;
        for (long all = 0; all < SCALAR; ) {
            long time = time(body, chunk);
            best = Math.min(best, time);
            all += time;
        }
        return best;
    }

    private long time(EmittedBody body, int chunk) {
        long start = System.nanoTime();
        body.run(frame, chunk);
        return System.nanoTime() - start;
    }
}

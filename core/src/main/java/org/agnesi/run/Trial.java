package org.agnesi.run;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Vector code run until it is faster than scalar code, or time is over: a slice at a time, in turns with other trials.
///
/// Mostly in short calls, which HotSpot counts; now and then a whole one, whose time counts. While one loop after the other is
/// compiled, calls get shorter, and it pays to wait for the rest.
final class Trial {
    /// What became of a slice.
    enum State { UNDECIDED, FASTER, SLOWER }

    /// A warm-up in calls of few points, since HotSpot counts calls; and how many of those go before a whole one.
    private static final int SHORT = 16, SHORTS = 4;
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
    private long spent, progress, least = Long.MAX_VALUE;
    private int calls;

    /// @param othersWait whether there is something better to do than to wait
    Trial(EmittedBody scalar, EmittedBody vectors, Frame frame, BooleanSupplier othersWait) {
        this.scalar = scalar;
        this.vectors = vectors;
        this.frame = frame;
        this.othersWait = othersWait;
    }

    State slice() {
        long nanos = scalarNanos();
        for (long end = spent + SLICE; spent < end; ) {
            boolean whole = ++calls % SHORTS == 0 || least < nanos;
            long time = time(vectors, whole ? EmittedBody.CHUNK : SHORT);
            if (whole && time < nanos) return State.FASTER;
            spent += time;
            if (time < PROGRESS * least) {
                least = time;
                progress = spent;
            }
            if (time > PAUSE && !othersWait.getAsBoolean()) pause();
        }
        return spent - progress < LONGEST && spent < LAST ? State.UNDECIDED : State.SLOWER;
    }

    private void pause() {
        LockSupport.parkNanos(PAUSE);
        spent += PAUSE;
    }

    /// The least time of some runs of the scalar code, which others may have got better meanwhile.
    private long scalarNanos() {
        long best = Long.MAX_VALUE;
        for (long all = 0; all < SCALAR; ) {
            long time = time(scalar, EmittedBody.CHUNK);
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

package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agnesi.emit.Code;
import org.agnesi.emit.Emitter.Emitted;
import org.agnesi.emit.Lanes;
import org.agnesi.emit.Team;
import org.jspecify.annotations.Nullable;

/// The threads that run one frame's loops: the caller, and whoever of the engine's [Workers] is free when a loop turns out to
/// be long.
///
/// The first part tells how long the rest will take. What is worth it is divided as it goes: each thread takes the next
/// parts when it is done with some. The caller waits only for parts that others are at work on.
final class Crew implements Team {
    /// Parts that a thread takes at a time are so much of its share: the last ones end at about the same time.
    private static final int PIECES = 8;
    /// How much shorter the first part is, by which the others are judged.
    private static final int PROBE = 32;
    private static final int CLOSED = -1;

    private final Workers workers;
    private final Emitted emitted;
    private final @Nullable Member[] members;
    private final AtomicInteger next = new AtomicInteger();
    /// How many members are at work, or [#CLOSED].
    private final AtomicInteger active = new AtomicInteger(CLOSED);
    private volatile @Nullable Thread waiting;
    private @Nullable Throwable failure;
    private int failed;
    private Object[] arrays = Frame.NO_ARRAYS;
    private int[][] dims = {};
    private @Nullable Lanes lanes;
    private int loop;
    private int n;
    private int step;
    private int grain;
    private int chunk;

    Crew(Workers workers, Emitted emitted) {
        this.workers = workers;
        this.emitted = emitted;
        members = new Member[workers.threads() - 1];
    }

    @Override public void run(Code code, int loop, Object[] arrays, int[][] dims, Lanes lanes, int n, int step, int chunk) {
        int probe = Math.min(n, Math.max(1, step / PROBE));
        long start = System.nanoTime();
        code.part(arrays, dims, lanes, chunk, loop, 0, probe);
        double rest = (double) (System.nanoTime() - start) / probe * (n - probe);
        this.loop = loop;
        this.arrays = arrays;
        this.dims = dims;
        this.lanes = lanes;
        this.n = n;
        this.step = step;
        this.chunk = chunk;
        failure = null;
        next.set(probe);
        if (rest < workers.worth() || members.length == 0) {
            grain = n;
            work(lanes, arrays);
        } else {
            grain = Math.max(step, (n - probe) / (PIECES * workers.threads()));
            together(lanes, arrays);
        }
        this.arrays = Frame.NO_ARRAYS;
        rethrow();
    }

    private void together(Lanes lanes, Object[] arrays) {
        active.set(0);
        for (int k = 0; k < members.length; k++) {
            var member = members[k] == null ? members[k] = new Member() : members[k];
            if (!workers.offer(member)) break;
        }
        work(lanes, arrays);
        waiting = Thread.currentThread();
        while (!active.compareAndSet(0, CLOSED)) LockSupport.park(this);
        waiting = null;
    }

    /// Takes parts until none is left.
    private void work(Lanes lanes, Object[] arrays) {
        int from;
        while ((from = next.getAndAdd(Math.min(grain, n))) < n && from >= 0) {
            int to = from + Math.min(grain, n - from);
            try {
                for (int a = from; a < to; a += Math.min(step, to - a))
                    emitted.code().part(arrays, dims, lanes, chunk, loop, a, a + Math.min(step, to - a));
            } catch (Throwable e) { // told to the caller, whoever ran the part
                fail(e, from);
            }
        }
    }

    /// Keeps the failure of the first part, as one thread alone would; no more parts are taken.
    private synchronized void fail(Throwable e, int from) {
        if (failure == null || from < failed) {
            failure = e;
            failed = from;
        }
        next.set(n);
    }

    private void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("emitted code throws no checked exception", e);
        }
    }

    private boolean enter() {
        for (int n = active.get(); n != CLOSED; n = active.get()) if (active.compareAndSet(n, n + 1)) return true;
        return false;
    }

    private void leave() {
        if (active.decrementAndGet() == 0 && waiting instanceof Thread caller) LockSupport.unpark(caller);
    }

    /// One who helps: with accumulators and scratch of its own.
    private final class Member implements Runnable {
        private final Lanes own = emitted.lanes();
        private Object[] mine = {};
        /// A member that comes late to one loop may be asked to the next one meanwhile.
        private final AtomicInteger busy = new AtomicInteger();

        @Override public void run() {
            if (!busy.compareAndSet(0, 1)) return;
            try {
                if (!enter()) return;
                try {
                    prepare();
                    work(own, mine);
                    release();
                } finally {
                    leave();
                }
            } finally {
                busy.set(0);
            }
        }

        /// Takes over the caller's arrays, and keeps its own scratch.
        private void prepare() {
            if (lanes != null) own.share(lanes);
            if (mine.length != arrays.length) mine = arrays.clone();
            var scratch = emitted.own().get(loop);
            for (int k = 0; k < arrays.length; k++)
                if (!scratch.contains(k)) mine[k] = arrays[k];
                else if (mine[k] == arrays[k] || !fits(mine[k], arrays[k]))
                    mine[k] = Array.newInstance(arrays[k].getClass().componentType(), Array.getLength(arrays[k]));
        }

        private static boolean fits(Object array, Object wanted) {
            return array.getClass() == wanted.getClass() && Array.getLength(array) >= Array.getLength(wanted);
        }

        /// Keeps nobody's arrays alive.
        private void release() {
            var scratch = emitted.own().get(loop);
            for (int k = 0; k < mine.length; k++) if (!scratch.contains(k)) mine[k] = Frame.NONE;
        }
    }
}

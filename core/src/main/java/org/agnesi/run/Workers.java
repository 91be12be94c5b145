package org.agnesi.run;

import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Threads of an engine: one for work that nobody waits for, and some that help with large loops.
///
/// All are daemons, and end when there is nothing to do for some seconds. There are one fewer helpers than threads allowed,
/// whoever calls: so calls from many threads, and calls inside calls, do not add up to more.
public final class Workers {
    private static final long IDLE = TimeUnit.SECONDS.toNanos(5);
    /// Work in ns for which others are woken, where nothing else is said.
    public static final long WORTH = 50_000;

    private final ThreadPoolExecutor background = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
        var thread = new Thread(task, "agnesi-warm-up");
        thread.setDaemon(true);
        return thread;
    });
    private final int most;
    private final long worth;
    private final ArrayDeque<Helper> idle = new ArrayDeque<>();
    private int helpers;

    /// @param threads how many may work on one call, the caller's among them
    public Workers(int threads) { this(threads, WORTH); }

    /// @param worth work in ns for which others are woken; with 0 all loops are split that can be
    public Workers(int threads, long worth) {
        most = threads - 1;
        this.worth = worth;
        background.allowCoreThreadTimeOut(true);
    }

    /// How many threads may work on one call.
    public int threads() { return most + 1; }

    long worth() { return worth; }

    /// Does something when there is time, a step at a time and in turns with other such things, until a step says that it was the last.
    void inTurns(BooleanSupplier step) {
        background.execute(() -> {
            if (!step.getAsBoolean()) inTurns(step);
        });
    }

    /// Whether something is to be done besides what is being done.
    boolean waiting() { return !background.getQueue().isEmpty(); }

    /// Runs a task at once on another thread if one is free.
    boolean offer(Runnable task) {
        @Nullable Helper free;
        synchronized (idle) {
            free = idle.poll();
            if (free == null && helpers++ >= most) {
                helpers--;
                return false;
            }
        }
        if (free == null) new Helper(task).thread.start();
        else free.wake(task);
        return true;
    }

    private final class Helper implements Runnable {
        final Thread thread = new Thread(this, "agnesi-helper");
        volatile @Nullable Runnable task;

        Helper(Runnable first) {
            task = first;
            thread.setDaemon(true);
        }

        void wake(Runnable next) {
            task = next;
            LockSupport.unpark(thread);
        }

        @Override public void run() {
            for (var next = task; next != null; next = next()) {
                task = null;
                next.run();
            }
        }

        /// Waits for a task; null when none came for long.
        private @Nullable Runnable next() {
            synchronized (idle) {
                idle.push(this);
            }
            long deadline = System.nanoTime() + IDLE;
            while (task == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0 && leave()) return null;
                LockSupport.parkNanos(this, Math.max(left, 1_000_000));
            }
            return task;
        }

        /// Whether nobody has taken this one meanwhile.
        private boolean leave() {
            synchronized (idle) {
                if (!idle.remove(this)) return false;
                helpers--;
                return true;
            }
        }
    }
}

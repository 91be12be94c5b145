package org.agnesi.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The threads at one piece of work: the caller, and whoever of the engine's [Workers] is free.
///
/// Work is divided as it goes: each takes the next parts when it is done with some. The caller waits only for parts that
/// others are at work on. One piece of work at a time; after a few nothing is allocated.
final class Crew {
    /// What one thread does its parts with.
    interface Hand {
        /// Before the first part.
        void begin();

        void work(int from, int to);

        /// After the last part: keeps nobody's arrays alive.
        void end();
    }

    /// Parts that a thread takes at a time are so much of its share: the last ones end at about the same time.
    private static final int PIECES = 8;
    private static final int CLOSED = -1;

    private final Workers workers;
    private final Supplier<Hand> hands;
    private final List<Member> members = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    /// How many members are at work, or [#CLOSED].
    private final AtomicInteger active = new AtomicInteger(CLOSED);
    private volatile @Nullable Thread waiting;
    private @Nullable Throwable failure;
    private int failed;
    private int n;
    private int grain;

    /// @param hands what others than the caller work with
    Crew(Workers workers, Supplier<Hand> hands) {
        this.workers = workers;
        this.hands = hands;
    }

    /// Has the parts from one number up to another done; `least` of them, or more, are taken at a time.
    void run(Hand own, int from, int n, int least) {
        this.n = n;
        grain = Math.max(least, (n - from) / (PIECES * workers.threads()));
        failure = null;
        next.set(from);
        active.set(0);
        for (int k = 0; k < workers.threads() - 1; k++) {
            if (members.size() == k) members.add(new Member());
            if (!workers.offer(members.get(k))) break;
        }
        work(own);
        waiting = Thread.currentThread();
        while (!active.compareAndSet(0, CLOSED)) LockSupport.park(this);
        waiting = null;
        rethrow();
    }

    private void work(Hand hand) {
        int from;
        while ((from = next.getAndAdd(Math.min(grain, n))) < n && from >= 0) {
            try {
                hand.work(from, from + Math.min(grain, n - from));
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
            case Throwable e -> throw new IllegalStateException("kernels throw no checked exception", e);
        }
    }

    private boolean enter() {
        for (int n = active.get(); n != CLOSED; n = active.get()) if (active.compareAndSet(n, n + 1)) return true;
        return false;
    }

    private void leave() {
        if (active.decrementAndGet() == 0 && waiting instanceof Thread caller) LockSupport.unpark(caller);
    }

    /// One who helps. One that comes late to some work may be asked to the next meanwhile, and is only once at either.
    private final class Member implements Runnable {
        private final Hand hand = hands.get();
        private final AtomicInteger busy = new AtomicInteger();

        @Override public void run() {
            if (!busy.compareAndSet(0, 1)) return;
            try {
                if (enter()) help();
            } finally {
                busy.set(0);
            }
        }

        private void help() {
            try {
                hand.begin();
                work(hand);
                hand.end();
            } catch (RuntimeException | Error e) { // an array too many
                fail(e, n);
            } finally {
                leave();
            }
        }
    }
}

package org.agnesi.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import org.agnesi.bench.Peer.Measured;

/// A side in this process, which is timed as others time themselves.
final class Timed {
    private static final long BATCH = 20_000;
    private static final int WINDOW = 100, QUIET = 20, MOST = 400;
    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

    private final Running running;
    private final long first;

    /// Starts it, and waits until HotSpot is done with it: some windows in which nothing was compiled, and calls got no shorter. Long
    /// programs take some seconds.
    Timed(Running.Start start) {
        long begun = System.nanoTime();
        running = start.start();
        first = System.nanoTime() - begun;
        double best = Double.POSITIVE_INFINITY;
        int quiet = 0;
        for (int window = 0; window < MOST && quiet < QUIET; window++) {
            long compiled = JIT.getTotalCompilationTime();
            double now = measure(WINDOW).median();
            quiet = now > 0.95 * best && JIT.getTotalCompilationTime() == compiled ? quiet + 1 : 0;
            best = Math.min(best, now);
        }
    }

    Measured measure(int milliseconds) {
        int batch = batch();
        var times = new ArrayList<Double>();
        long begun = System.nanoTime();
        while (times.isEmpty() || System.nanoTime() - begun < milliseconds * 1_000_000L) {
            long start = System.nanoTime();
            running.run(batch);
            times.add((double) (System.nanoTime() - start) / batch);
        }
        times.sort(null);
        return new Measured(times.get(times.size() / 2), times.getFirst(), first, running.checksum());
    }

    /// How many calls last long enough for the clock.
    private int batch() {
        for (int calls = 1;; calls *= 2) {
            long start = System.nanoTime();
            running.run(calls);
            if (System.nanoTime() - start >= BATCH) return calls;
        }
    }
}

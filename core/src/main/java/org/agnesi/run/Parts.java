package org.agnesi.run;

import java.lang.reflect.Array;
import org.agnesi.emit.Code;
import org.agnesi.emit.Emitter.Emitted;
import org.agnesi.emit.Lanes;
import org.agnesi.emit.Team;
import org.jspecify.annotations.Nullable;

/// Runs the parts of one frame's loops: alone, or by a [Crew] when a loop turns out to be long.
///
/// The first part tells how long the rest will take.
final class Parts implements Team {
    /// How much shorter the first part is, by which the others are judged.
    private static final int PROBE = 32;
    /// How much less than what is worth waking someone is taken at a time at least.
    private static final int LEAST = 4;

    private final Workers workers;
    private final Emitted emitted;
    private final Crew crew;
    private final Caller caller = new Caller();
    private Object[] arrays = Frame.NO_ARRAYS;
    private int[][] dims = {};
    private @Nullable Lanes lanes;
    private int loop;
    private int step;
    private int chunk;

    Parts(Workers workers, Emitted emitted) {
        this.workers = workers;
        this.emitted = emitted;
        crew = new Crew(workers, Helper::new);
    }

    @Override public void run(Code code, int loop, Object[] arrays, int[][] dims, Lanes lanes, int n, int step, int chunk) {
        this.loop = loop;
        this.arrays = arrays;
        this.dims = dims;
        this.lanes = lanes;
        this.step = step;
        this.chunk = chunk;
        int probe = Math.min(n, Math.max(1, step / PROBE));
        long start = System.nanoTime();
        caller.work(0, probe);
        double each = (double) (System.nanoTime() - start) / probe;
        if (each * (n - probe) < workers.worth()) caller.work(probe, n);
        else crew.run(caller, probe, n, Math.clamp((long) (workers.worth() / (LEAST * Math.max(1, each))), 1, step));
        this.arrays = Frame.NO_ARRAYS;
    }

    /// Step by step, so that HotSpot may put faster code in the place of slow code.
    private void work(int from, int to, Object[] arrays, Lanes lanes) {
        for (int a = from; a < to; ) {
            int b = a + Math.min(step, to - a);
            emitted.code().part(arrays, dims, lanes, chunk, loop, a, b);
            a = b;
        }
    }

    /// The thread that calls has the frame's own arrays.
    private final class Caller implements Crew.Hand {
        @Override public void begin() {}
        @Override public void work(int from, int to) { if (lanes != null) Parts.this.work(from, to, arrays, lanes); }
        @Override public void end() {}
    }

    /// Another has accumulators and scratch of its own.
    private final class Helper implements Crew.Hand {
        private final Lanes own = emitted.lanes();
        private Object[] mine = Frame.NO_ARRAYS;

        @Override public void begin() {
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

        @Override public void work(int from, int to) { Parts.this.work(from, to, mine, own); }

        @Override public void end() {
            var scratch = emitted.own().get(loop);
            for (int k = 0; k < mine.length; k++) if (!scratch.contains(k)) mine[k] = Frame.NONE;
        }
    }
}

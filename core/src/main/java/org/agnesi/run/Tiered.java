package org.agnesi.run;

import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.agnesi.emit.Emitter;
import org.agnesi.emit.OutsideException;
import org.agnesi.emit.Simd;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Storage;
import org.jspecify.annotations.Nullable;

/// Scalar code first, vector code when it is the faster of the two.
///
/// A loop of vectors runs a hundred times slower until HotSpot has compiled it, which takes some tens of milliseconds. So
/// what has seen enough points is warmed up on another thread, on the inputs of a call and outputs of its own, and takes over
/// once it beats the scalar code. Where it does not soon (a busy machine compiles late) it is tried again after some times as
/// many points; where it never does, as on a JVM without C2, the scalar code stays. The bits are the same.
final class Tiered implements Backend.Body {
    /// Elements seen before vectors are tried.
    private static final long ENOUGH = 200_000;
    /// Elements of one call above which vectors start at once: what they lose at first is little then.
    private static final long LARGE = 4_000_000;
    /// Whole numbers of an input that are copied for a warm-up.
    private static final int FEW = 64;
    /// Nanoseconds without a call after which others' trials go first.
    private static final long IDLE = 100_000_000;
    private static final int TRIALS = 4, LATER = 4;
    /// How many times as large calls must become to be another matter, which a trial of smaller ones says nothing of.
    private static final int GROWN = 4;

    private final Program program;
    private final Workers workers;
    private final EmittedBody scalar;
    /// Not exact where several threads count at once, which is of no matter.
    private long seen;
    private volatile EmittedBody current;
    private @Nullable EmittedBody tried;
    private volatile boolean settled;
    /// One trial at a time.
    private final AtomicBoolean trying = new AtomicBoolean();
    /// How many elements must have been seen for the next trial, and how many trials there were.
    private long enough = ENOUGH;
    /// Elements of the call that was last tried.
    private long size;
    private int trials; // of one thread at a time

    private Tiered(Program program, Workers workers, EmittedBody scalar) {
        this.program = program;
        this.workers = workers;
        this.scalar = scalar;
        current = scalar;
    }

    static Backend.Body of(Program program, Workers workers) {
        var emitted = Emitter.emit(program, false);
        return emitted == null ? new Evaluator(program, true) : new Tiered(program, workers, new EmittedBody(program, emitted, workers));
    }

    @Override public Frame frame() { return scalar.frame(); }

    @Override public void run(Frame f) {
        if (!settled && isDue(f) && trying.compareAndSet(false, true)) tryVectors(f);
        current.run(f);
    }

    /// Whether earlier calls have seen enough for a trial: what is called once needs none, and would be in others' way. No clock is
    /// read: it would cost a small call a third of its time.
    private boolean isDue(Frame f) {
        long before = seen, elements = elements(f);
        seen = before + elements;
        if (size > 0 && elements > GROWN * size) enough = Math.min(enough, before + ENOUGH);
        return before >= enough;
    }

    private static long elements(Frame f) {
        long elements = 0;
        for (var array : f.arrays) elements += Array.getLength(array);
        return elements;
    }

    private void tryVectors(Frame f) {
        if (Simd.width() == 0) {   // said here, since a logger takes 12 ms of a process's first function
            System.getLogger("org.agnesi").log(Level.DEBUG, "kernels are scalar: start java with --add-modules jdk.incubator.vector");
            settled = true;
        } else if (elements(f) > LARGE) {
            var vectors = vectors();
            if (vectors != null) current = vectors;
            settled = true;
        } else {
            workers.inTurns(new WarmUp(copy(f)));
        }
    }

    /// The program as vectors, made once: HotSpot goes on with it between trials.
    private synchronized @Nullable EmittedBody vectors() {
        if (tried == null) {
            var emitted = Emitter.emit(program, true);
            if (emitted != null && emitted.vectors()) tried = new EmittedBody(program, emitted, workers);
        }
        return tried;
    }

    /// The same inputs, and outputs and scratch that nobody else sees.
    private Frame copy(Frame f) {
        var copy = frame();
        for (int k = 0; k < f.arrays.length; k++) {
            copy.arrays[k] = copy(program.buffers().get(k), f.arrays[k]);
            copy.dims[k] = f.dims[k] == null ? new int[0] : Arrays.copyOf(f.dims[k], f.dims[k].length);
        }
        return copy;
    }

    /// A few whole numbers may say how far loops go: what later calls make of them must not be seen.
    private static Object copy(Storage buffer, Object array) {
        int length = Array.getLength(array);
        boolean read = buffer.role() == Storage.Role.INPUT;
        boolean counts = read && !buffer.dtype().isFloating() && length <= FEW;
        if (read && !counts) return array;
        var copy = Array.newInstance(array.getClass().componentType(), length);
        if (counts) System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /// A trial on the inputs of a call, a slice at a time. What nobody calls any more is put aside for what others call.
    private final class WarmUp implements BooleanSupplier {
        private final Frame frame;
        private @Nullable Trial trial;
        private long before = -1, since;

        WarmUp(Frame frame) { this.frame = frame; }

        /// Whether that was the last slice.
        @Override public boolean getAsBoolean() {
            long calls = seen, now = System.nanoTime();
            if (calls != before) {
                before = calls;
                since = now;
            }
            boolean aside = now - since > IDLE && workers.waiting();
            boolean over = aside || isOver();
            if (over) trying.set(false);   // last, since whoever reads it may read all the others then
            return over;
        }

        private boolean isOver() {
            boolean over;
            try {
                var vectors = vectors();
                var state = vectors == null ? Trial.State.SLOWER : slice(vectors);
                if (state == Trial.State.UNDECIDED) return false;
                if (vectors != null && state == Trial.State.FASTER) current = vectors;
                over = vectors == null || current == vectors || ++trials == TRIALS;
            } catch (OutsideException e) { // the caller has changed its arrays meanwhile, and an index is outside now
                over = ++trials == TRIALS;
            } catch (RuntimeException e) {
                System.getLogger("org.agnesi.run").log(Level.WARNING, "vector code failed, and scalar code stays", e);
                over = true;
            }
            size = elements(frame);
            enough = seen * LATER;
            settled = over;
            return true;
        }

        private Trial.State slice(EmittedBody vectors) {
            if (trial == null) trial = new Trial(scalar, vectors, frame, workers::waiting);
            return trial.slice();
        }
    }
}

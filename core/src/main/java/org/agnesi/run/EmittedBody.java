package org.agnesi.run;

import org.agnesi.emit.Emitter.Emitted;
import org.agnesi.emit.Lanes;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// Emitted code, run with places for its accumulators.
record EmittedBody(Program program, Emitted emitted) implements Backend.Body {
    /// Points per call of an outermost loop.
    static final int CHUNK = 4096;

    @Override public Frame frame() { return new LaneFrame(program.buffers().size()); }

    @Override public void run(Frame f) { run(f, CHUNK); }

    void run(Frame f, int chunk) { emitted.code().run(f.arrays, f.dims, ((LaneFrame) f).lanes(emitted), chunk); }

    /// A frame for emitted code, which has its locals on the JVM's stack.
    private static final class LaneFrame extends Frame {
        private @Nullable Emitted owner;
        private @Nullable Lanes accumulators;

        LaneFrame(int buffers) { super(0, 0, 0, buffers); }

        @SuppressWarnings("ReferenceEquality") // code is itself only
        Lanes lanes(Emitted emitted) {
            var lanes = accumulators;
            if (lanes == null || owner != emitted) accumulators = lanes = emitted.lanes();
            owner = emitted;
            return lanes;
        }
    }
}

package org.agnesi.run;

import org.agnesi.emit.Emitter.Emitted;
import org.agnesi.emit.Lanes;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// Emitted code, run with places for its accumulators; large loops by several threads where there are workers.
record EmittedBody(Program program, Emitted emitted, @Nullable Workers workers) implements Backend.Body {
    /// Points per call of an outermost loop.
    static final int CHUNK = 4096;

    @Override public Frame frame() { return new LaneFrame(program.buffers().size()); }

    @Override public void run(Frame f) { run(f, CHUNK); }

    void run(Frame f, int chunk) { emitted.code().run(f.arrays, f.dims, ((LaneFrame) f).lanes(this), chunk); }

    /// A frame for emitted code, which has its locals on the JVM's stack.
    private static final class LaneFrame extends Frame {
        private @Nullable Emitted owner;
        private @Nullable Lanes accumulators;

        LaneFrame(int buffers) { super(0, 0, 0, buffers); }

        @SuppressWarnings("ReferenceEquality") // code is itself only
        Lanes lanes(EmittedBody body) {
            var lanes = accumulators;
            if (lanes == null || owner != body.emitted) {
                accumulators = lanes = body.emitted.lanes();
                if (body.workers != null && body.workers.threads() > 1) lanes.team(new Parts(body.workers, body.emitted));
            }
            owner = body.emitted;
            return lanes;
        }
    }
}

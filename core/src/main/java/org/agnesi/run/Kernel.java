package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import org.agnesi.emit.OutsideException;
import org.agnesi.kernel.Program;
import org.agnesi.kernel.Storage;
import org.jspecify.annotations.Nullable;

/// A [Program] made ready to run over primitive arrays, by a [Backend].
///
/// Nothing is boxed and nothing is allocated per element; after a few runs nothing is allocated at all. Any number of
/// threads may run one kernel. Code is made when a kernel first runs.
public final class Kernel {
    private final Program program;
    private final Backend backend;
    private final Whole[] scratch;
    private final Idle<Frame> idle = new Idle<>();
    private volatile Backend.@Nullable Body body;

    public Kernel(Program program, Backend backend) {
        this.program = program;
        this.backend = backend;
        scratch = Action.whole(program.buffers().stream().map(Storage::length).filter(Objects::nonNull).toList());
    }

    public Program program() { return program; }

    /// Runs over the program's inputs and outputs, in its order; `dims` are their shapes. Outputs are overwritten.
    public void run(Object[] arrays, int[][] dims) {
        var f = take();
        System.arraycopy(arrays, 0, f.arrays, 0, arrays.length);
        System.arraycopy(dims, 0, f.dims, 0, dims.length);
        try {
            finish(f, arrays.length);
        } catch (OutsideException e) {
            throw e.error();
        }
    }

    /// Lets go of scratch that was kept for the next run.
    void letGo() { idle.clear(); }

    /// A frame for runs one after the other, which spares the look for one that is idle.
    Frame frame() { return body().frame(); }

    /// Runs over some of the arrays of a plan's frame, in a frame of the caller's.
    void run(Frame from, int[] slots, Frame own) {
        for (int k = 0; k < slots.length; k++) {
            own.arrays[k] = from.arrays[slots[k]];
            own.dims[k] = from.dims[slots[k]];
        }
        compute(own, slots.length);
    }

    /// Runs over some of the arrays of a plan's frame from now on, in a frame of its own that they are put into now.
    Action.Prepared prepared(Frame from, int[] slots) {
        var own = frame();
        for (int k = 0; k < slots.length; k++) {
            own.arrays[k] = from.arrays[slots[k]];
            own.dims[k] = from.dims[slots[k]].clone();
        }
        for (int k = 0; k < scratch.length; k++) reserve(own, slots.length + k, scratch[k].at(own));
        return new Placed(body(), own);
    }

    private record Placed(Backend.Body body, Frame frame) implements Action.Prepared {
        @Override public void run() { body.run(frame); }
        @Override public Object[] arrays() { return frame.arrays; }
    }

    /// Runs over some of the arrays of a frame, where a slot `~c` is array c of a frame of constants.
    void runWith(Frame from, int[] slots, Frame constants) {
        var f = take();
        for (int k = 0; k < slots.length; k++) {
            int slot = slots[k];
            f.arrays[k] = slot < 0 ? constants.arrays[~slot] : from.arrays[slot];
            f.dims[k] = slot < 0 ? constants.dims[~slot] : from.dims[slot];
        }
        finish(f, slots.length);
    }

    private void finish(Frame f, int given) {
        compute(f, given);
        idle.give(f);
    }

    private void compute(Frame f, int given) {
        for (int k = 0; k < scratch.length; k++) reserve(f, given + k, scratch[k].at(f));
        body().run(f);
        Arrays.fill(f.arrays, 0, given, Frame.NONE);
    }

    private void reserve(Frame f, int buffer, long length) {
        var array = f.arrays[buffer];
        if (array == Frame.NONE || Array.getLength(array) < length)
            f.arrays[buffer] = Array.newInstance(program.buffers().get(buffer).dtype().carrier(), Math.toIntExact(length));
    }

    private Backend.Body body() {
        var made = body;
        return made != null ? made : make();
    }

    private synchronized Backend.Body make() {
        var made = body;
        if (made == null) body = made = backend.body(program);
        return made;
    }

    private Frame take() {
        var f = idle.take();
        return f != null ? f : body().frame();
    }
}

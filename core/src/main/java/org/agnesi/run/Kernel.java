package org.agnesi.run;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.kernel.Program;
import org.jspecify.annotations.Nullable;

/// A [Program] made ready to run over primitive arrays: the loop evaluator.
///
/// Nothing is boxed and nothing is allocated per element; after a few runs nothing is allocated at all. Any number of
/// threads may run one kernel.
public final class Kernel {
    private static final int IDLE = 8;

    private final Program program;
    private final Step body;
    private final int locals;
    private final int lanes;
    private final int registers;
    private final List<Whole> scratch = new ArrayList<>();
    private final ArrayDeque<Frame> idle = new ArrayDeque<>();

    public Kernel(Program program) { this(program, true); }

    /// @param blocks whether innermost loops run in blocks where they can; the bits are the same
    Kernel(Program program, boolean blocks) {
        this.program = program;
        var compiler = new StmtCompiler(blocks);
        body = compiler.step(program.body());
        locals = compiler.locals();
        lanes = compiler.lanes();
        registers = compiler.registers();
        for (var buffer : program.buffers()) if (buffer.length() != null) scratch.add(ScalarCompiler.whole(buffer.length()));
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

    /// Runs over some of the arrays of a plan's frame.
    void run(Frame from, int[] slots) {
        var f = take();
        for (int k = 0; k < slots.length; k++) {
            f.arrays[k] = from.arrays[slots[k]];
            f.dims[k] = from.dims[slots[k]];
        }
        finish(f, slots.length);
    }

    private void finish(Frame f, int given) {
        for (int k = 0; k < scratch.size(); k++) reserve(f, given + k, scratch.get(k).at(f));
        body.run(f);
        Arrays.fill(f.arrays, 0, given, Frame.NONE);
        give(f);
    }

    private void reserve(Frame f, int buffer, long length) {
        var array = f.arrays[buffer];
        if (array == Frame.NONE || Array.getLength(array) < length)
            f.arrays[buffer] = Array.newInstance(program.buffers().get(buffer).dtype().carrier(), Math.toIntExact(length));
    }

    private Frame take() {
        @Nullable Frame f;
        synchronized (idle) {
            f = idle.poll();
        }
        return f != null ? f : new Frame(locals, lanes, registers, program.buffers().size());
    }

    private void give(Frame f) {
        synchronized (idle) {
            if (idle.size() < IDLE) idle.push(f);
        }
    }
}

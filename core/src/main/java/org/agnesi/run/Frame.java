package org.agnesi.run;

import java.util.Arrays;

/// What one run of a [Kernel] changes: its locals and the arrays it works on. Used by one thread at a time.
class Frame {
    /// Stands where no array is.
    static final Object NONE = new double[0];
    static final Object[] NO_ARRAYS = {};

    final double[] reals;
    final long[] wholes;
    final double[] lanes;
    final Object[] arrays;
    final int[][] dims;
    final Registers registers;

    Frame(int locals, int lanes, int registers, int buffers) {
        this.registers = new Registers(registers);
        reals = new double[locals];
        wholes = new long[locals];
        this.lanes = new double[lanes];
        arrays = new Object[buffers];
        Arrays.fill(arrays, NONE);
        dims = new int[buffers][];
    }
}

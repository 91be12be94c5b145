package org.agnesi.run;

import org.jspecify.annotations.Nullable;

/// What one run of a [Kernel] changes: its locals and the arrays it works on. Used by one thread at a time.
final class Frame {
    final double[] reals;
    final long[] wholes;
    final double[] lanes;
    final @Nullable Object[] arrays;
    final int[][] dims;

    Frame(int locals, int lanes, int buffers) {
        reals = new double[locals];
        wholes = new long[locals];
        this.lanes = new double[lanes];
        arrays = new Object[buffers];
        dims = new int[buffers][];
    }
}

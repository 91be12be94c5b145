package org.agnesi.run;

/// Where the elements along some labels are in an array, in C order of the labels, from the first of them.
final class Places {
    private final int[] axes;
    int[] at = new int[1];
    int count;
    /// From each place to the next; 0 where that varies.
    int step;

    /// @param axes of the array, one per label
    Places(int[] axes) { this.axes = axes; }

    /// Finds the places in an array of these dims.
    void find(int[] dims) {
        count = 1;
        for (int axis : axes) count *= dims[axis];
        if (at.length < count) at = new int[count];
        if (count > 0) fill(dims);
        step = count < 2 ? 1 : at[1];
        for (int i = 2; i < count; i++) if (at[i] - at[i - 1] != step) step = 0;
    }

    /// The places of `to` elements at equal distances.
    void every(int step, int to) {
        this.step = step;
        count = to;
        if (at.length < to) at = new int[to];
        for (int i = 0; i < to; i++) at[i] = i * step;
    }

    private void fill(int[] dims) {
        int done = 1;
        at[0] = 0;
        for (int k = axes.length - 1; k >= 0; k--) {
            int stride = 1;
            for (int axis = axes[k] + 1; axis < dims.length; axis++) stride *= dims[axis];
            for (int i = done; i < done * dims[axes[k]]; i++) at[i] = at[i - done] + stride;
            done *= dims[axes[k]];
        }
    }
}

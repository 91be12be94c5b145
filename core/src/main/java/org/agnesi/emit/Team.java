package org.agnesi.emit;

/// Who runs the parts of an outermost loop: one thread or several. The bits are the same.
public interface Team {
    /// One thread, in order.
    Team ALONE = (code, loop, arrays, dims, lanes, n, step, chunk) -> {
        for (int from = 0; from < n; from += Math.min(step, n - from)) {
            code.part(arrays, dims, lanes, chunk, loop, from, from + Math.min(step, n - from));
        }
    };

    /// Runs the parts from 0 up to `n`, each once, by calls of [Code#part] for at most `step` of them.
    void run(Code code, int loop, Object[] arrays, int[][] dims, Lanes lanes, int n, int step, int chunk);
}

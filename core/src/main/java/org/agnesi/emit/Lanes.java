package org.agnesi.emit;

import java.util.Arrays;
import org.agnesi.kernel.Stmt.Fold;

/// The virtual accumulators of a program's folds, 32 for each: point p of a fold goes to number p mod 32, and a fixed tree
/// combines them, `v[i] ∘= v[i + w]` for w = 16, 8, 4, 2, 1.
///
/// A fold of fewer than 32 points leaves those that it does not reach at the identity, which changes no bit of what it
/// is combined with; so they are neither filled nor read.
public final class Lanes {
    final double[] reals;
    final float[] floats;
    final long[] wholes;

    /// What the parts of a loop take from its surroundings, as bits.
    final long[] captured;
    /// What the blocks of a fold come to.
    double[] realResults = {};
    float[] floatResults = {};
    long[] wholeResults = {};
    private Team team = Team.ALONE;

    Lanes(int reals, int floats, int wholes, int captured) {
        this.reals = new double[reals];
        this.floats = new float[floats];
        this.wholes = new long[wholes];
        this.captured = new long[captured];
    }

    /// Says who runs parts from now on.
    public void team(Team team) { this.team = team; }

    /// Takes what parts need of another's, and leaves their results there; the accumulators stay apart.
    public void share(Lanes of) {
        System.arraycopy(of.captured, 0, captured, 0, captured.length);
        realResults = of.realResults;
        floatResults = of.floatResults;
        wholeResults = of.wholeResults;
    }

    /// Has the team run a loop's parts from 0 up to `n`, about `step` at a time.
    void split(Code code, int loop, Object[] arrays, int[][] dims, int n, int step, int chunk) {
        team.run(code, loop, arrays, dims, this, n, step, chunk);
    }

    void realResults(int blocks, int count) {
        int size = Math.multiplyExact(blocks, count);
        if (realResults.length < size) realResults = new double[size];
    }

    void floatResults(int blocks, int count) {
        int size = Math.multiplyExact(blocks, count);
        if (floatResults.length < size) floatResults = new float[size];
    }

    void wholeResults(int blocks, int count) {
        int size = Math.multiplyExact(blocks, count);
        if (wholeResults.length < size) wholeResults = new long[size];
    }

    /// How many of 32 accumulators a fold of `points` points reaches, one at least.
    static int reached(long points) { return Math.clamp(points, 1, Fold.WIDTH); }

    /// Fills what a fold of `points` points reaches of the accumulators from `first` on.
    static void start(double[] lanes, int first, long points, double identity) {
        Arrays.fill(lanes, first, first + reached(points), identity);
    }

    static void start(float[] lanes, int first, long points, float identity) {
        Arrays.fill(lanes, first, first + reached(points), identity);
    }

    /// Copies `n` accumulators, mostly none.
    static void move(double[] lanes, int from, int to, int n) {
        for (int k = 0; k < n; k++) lanes[to + k] = lanes[from + k];
    }

    static void move(float[] lanes, int from, int to, int n) {
        for (int k = 0; k < n; k++) lanes[to + k] = lanes[from + k];
    }
}

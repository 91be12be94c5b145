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

    Lanes(int reals, int floats, int wholes) {
        this.reals = new double[reals];
        this.floats = new float[floats];
        this.wholes = new long[wholes];
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
}

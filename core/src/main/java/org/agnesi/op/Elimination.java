package org.agnesi.op;

/// Substitution and factorization of one matrix, row by row: what triangular systems and Cholesky are computed with.
///
/// Their innermost loops go along contiguous rows, which HotSpot makes vectors of, and four rows are subtracted at once, so that
/// the row they are subtracted from is read and written a quarter as often. Each element's terms are subtracted one after
/// another in the rows' order, so the same input gives the same bits, whether or not a loop became vectors.
final class Elimination {
    private Elimination() {}

    /// Solves `T X = B`, or `Tᵀ X = B`, in place: `x` is `B` at first. Of `t` only the triangle that counts is read.
    static void substitute(double[][] t, boolean lower, boolean transposed, double[][] x) {
        int n = t.length;
        var factors = new double[n];
        boolean forward = lower != transposed;
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step, from = forward ? 0 : i + 1, to = forward ? i : n;
            for (int j = from; j < to; j++) factors[j] = transposed ? t[j][i] : t[i][j];
            subtract(x, i, factors, from, to, 0);
            divide(x[i], t[i][i]);
        }
    }

    /// Puts the upper triangular `U` with `Uᵀ U = A` in place of the upper triangle of `A`, which alone is read; false where a
    /// pivot is not positive.
    static boolean factorize(double[][] a) {
        int n = a.length;
        var factors = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) factors[j] = a[j][i];
            subtract(a, i, factors, 0, i, i);
            if (a[i][i] <= 0) return false;
            a[i][i] = Math.sqrt(a[i][i]);
            double inverse = 1 / a[i][i];
            for (int k = i + 1; k < n; k++) a[i][k] *= inverse;
        }
        return true;
    }

    /// `rows[i]` less `factors[j] · rows[j]` for each `j` of a range, from column `start` on.
    private static void subtract(double[][] rows, int i, double[] factors, int from, int to, int start) {
        int j = from;
        for (; j + 4 <= to; j += 4) subtract(rows[i], factors, j, rows[j], rows[j + 1], rows[j + 2], rows[j + 3], start);
        for (; j < to; j++) subtract(rows[i], factors[j], rows[j], start);
    }

    private static void subtract(double[] x, double[] factors, int j, double[] p, double[] q, double[] r, double[] s, int start) {
        double a = factors[j], b = factors[j + 1], c = factors[j + 2], d = factors[j + 3];
        for (int k = start; k < x.length; k++) x[k] = x[k] - a * p[k] - b * q[k] - c * r[k] - d * s[k];
    }

    private static void subtract(double[] x, double a, double[] p, int start) {
        for (int k = start; k < x.length; k++) x[k] -= a * p[k];
    }

    private static void divide(double[] x, double by) { for (int k = 0; k < x.length; k++) x[k] /= by; }
}

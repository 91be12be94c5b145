package org.agnesi.openblas;

import static java.lang.foreign.MemorySegment.ofArray;
import static org.agnesi.openblas.Routines.AS_IS;
import static org.agnesi.openblas.Routines.ROWS;
import static org.agnesi.openblas.Routines.TRANSPOSED;

import java.lang.foreign.MemorySegment;
import org.agnesi.kernel.Blas;

/// Products of arrays as they lie, in calls of at most some 100 µs: until one returns, no thread of the JVM gets past a safepoint.
final class Products {
    private Products() {}

    static void gemm(boolean aTransposed, boolean bTransposed, int m, int n, int k, Object a, int a0, int aRow, Object b, int b0, int bRow,
        double beta, Object c, int c0, int cRow) {
        if (m == 0 || n == 0) return;
        if ((long) m * n * k <= Blas.MOST) {
            call(aTransposed, bTransposed, m, n, k, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
        } else if (m >= n && m >= k) {
            int half = half(m);
            gemm(aTransposed, bTransposed, half, n, k, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
            gemm(aTransposed, bTransposed, m - half, n, k, a, a0 + half * (aTransposed ? 1 : aRow), aRow, b, b0, bRow, beta, c,
                c0 + half * cRow, cRow);
        } else if (n >= k) {
            int half = half(n);
            gemm(aTransposed, bTransposed, m, half, k, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
            gemm(aTransposed, bTransposed, m, n - half, k, a, a0, aRow, b, b0 + half * (bTransposed ? bRow : 1), bRow, beta, c,
                c0 + half, cRow);
        } else {
            int half = half(k);
            gemm(aTransposed, bTransposed, m, n, half, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
            gemm(aTransposed, bTransposed, m, n, k - half, a, a0 + half * (aTransposed ? aRow : 1), aRow, b,
                b0 + half * (bTransposed ? 1 : bRow), bRow, 1, c, c0, cRow);
        }
    }

    /// About half, in whole tiles of the library where there are some.
    private static int half(int n) { return n < 64 ? n / 2 : n / 2 / 32 * 32; }

    private static void call(boolean aTransposed, boolean bTransposed, int m, int n, int k, Object a, int a0, int aRow, Object b, int b0,
        int bRow, double beta, Object c, int c0, int cRow) {
        int opA = aTransposed ? TRANSPOSED : AS_IS, opB = bTransposed ? TRANSPOSED : AS_IS;
        try {
            if (c instanceof double[] y) doubles(opA, opB, m, n, k, (double[]) a, a0, aRow, (double[]) b, b0, bRow, beta, y, c0, cRow);
            else floats(opA, opB, m, n, k, (float[]) a, a0, aRow, (float[]) b, b0, bRow, (float) beta, (float[]) c, c0, cRow);
        } catch (Throwable e) {
            throw OpenBlas.failure(e);
        }
    }

    // Methods of their own, so that HotSpot compiles each whole and makes no object of a segment; of a slice it sometimes does.

    private static void doubles(int opA, int opB, int m, int n, int k, double[] a, int a0, int aRow, double[] b, int b0, int bRow,
        double beta, double[] c, int c0, int cRow) throws Throwable {
        if ((a0 | b0 | c0) == 0)
            Routines.DGEMM.invokeExact(ROWS, opA, opB, m, n, k, 1.0, ofArray(a), aRow, ofArray(b), bRow, beta, ofArray(c), cRow);
        else Routines.DGEMM.invokeExact(ROWS, opA, opB, m, n, k, 1.0, from(a, a0), aRow, from(b, b0), bRow, beta, from(c, c0), cRow);
    }

    private static void floats(int opA, int opB, int m, int n, int k, float[] a, int a0, int aRow, float[] b, int b0, int bRow,
        float beta, float[] c, int c0, int cRow) throws Throwable {
        if ((a0 | b0 | c0) == 0)
            Routines.SGEMM.invokeExact(ROWS, opA, opB, m, n, k, 1f, ofArray(a), aRow, ofArray(b), bRow, beta, ofArray(c), cRow);
        else Routines.SGEMM.invokeExact(ROWS, opA, opB, m, n, k, 1f, from(a, a0), aRow, from(b, b0), bRow, beta, from(c, c0), cRow);
    }

    /// As they lie, rows are each call's own; transposed, calls add up.
    static void gemv(boolean transposed, int m, int n, Object a, int a0, int aRow, Object x, int x0, int xStep, double beta,
        Object y, int y0, int yStep) {
        if (n > Blas.FAR) {
            int half = n / 2;
            gemv(transposed, m, half, a, a0, aRow, x, x0, xStep, beta, y, y0, yStep);
            if (transposed) gemv(true, m, n - half, a, a0 + half, aRow, x, x0, xStep, beta, y, y0 + half * yStep, yStep);
            else gemv(false, m, n - half, a, a0 + half, aRow, x, x0 + half * xStep, xStep, 1, y, y0, yStep);
            return;
        }
        int rows = Blas.FAR / Math.max(1, n);
        for (int i = 0; i < m; i += rows) {
            int count = Math.min(rows, m - i);
            if (transposed) call(true, count, n, a, a0 + i * aRow, aRow, x, x0 + i * xStep, xStep, i == 0 ? beta : 1, y, y0, yStep);
            else call(false, count, n, a, a0 + i * aRow, aRow, x, x0, xStep, beta, y, y0 + i * yStep, yStep);
        }
    }

    private static void call(boolean transposed, int m, int n, Object a, int a0, int aRow, Object x, int x0, int xStep, double beta,
        Object y, int y0, int yStep) {
        int op = transposed ? TRANSPOSED : AS_IS;
        try {
            if (y instanceof double[] out) doubles(op, m, n, (double[]) a, a0, aRow, (double[]) x, x0, xStep, beta, out, y0, yStep);
            else floats(op, m, n, (float[]) a, a0, aRow, (float[]) x, x0, xStep, (float) beta, (float[]) y, y0, yStep);
        } catch (Throwable e) {
            throw OpenBlas.failure(e);
        }
    }

    private static void doubles(int op, int m, int n, double[] a, int a0, int aRow, double[] x, int x0, int xStep, double beta, double[] y,
        int y0, int yStep) throws Throwable {
        if ((a0 | x0 | y0) == 0)
            Routines.DGEMV.invokeExact(ROWS, op, m, n, 1.0, ofArray(a), aRow, ofArray(x), xStep, beta, ofArray(y), yStep);
        else Routines.DGEMV.invokeExact(ROWS, op, m, n, 1.0, from(a, a0), aRow, from(x, x0), xStep, beta, from(y, y0), yStep);
    }

    private static void floats(int op, int m, int n, float[] a, int a0, int aRow, float[] x, int x0, int xStep, float beta, float[] y,
        int y0, int yStep) throws Throwable {
        if ((a0 | x0 | y0) == 0)
            Routines.SGEMV.invokeExact(ROWS, op, m, n, 1f, ofArray(a), aRow, ofArray(x), xStep, beta, ofArray(y), yStep);
        else Routines.SGEMV.invokeExact(ROWS, op, m, n, 1f, from(a, a0), aRow, from(x, x0), xStep, beta, from(y, y0), yStep);
    }

    private static MemorySegment from(double[] array, int at) { return ofArray(array).asSlice((long) Double.BYTES * at); }

    private static MemorySegment from(float[] array, int at) { return ofArray(array).asSlice((long) Float.BYTES * at); }
}

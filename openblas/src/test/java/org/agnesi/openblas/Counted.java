package org.agnesi.openblas;

import java.util.concurrent.atomic.AtomicInteger;
import org.agnesi.kernel.Blas;

/// A library that counts its calls: whether a plan calls it at all.
///
/// @param blas what does the work
public record Counted(Blas blas, AtomicInteger calls) implements Blas {
    @Override public String name() { return blas.name(); }

    @Override public boolean multiplies(Class<?> element) { return blas.multiplies(element); }

    @Override public void gemm(boolean aTransposed, boolean bTransposed, int m, int n, int k, Object a, int a0, int aRow, Object b, int b0,
        int bRow, double beta, Object c, int c0, int cRow) {
        counted().gemm(aTransposed, bTransposed, m, n, k, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
    }

    @Override public void gemv(boolean transposed, int m, int n, Object a, int a0, int aRow, Object x, int x0, int xStep, double beta,
        Object y, int y0, int yStep) {
        counted().gemv(transposed, m, n, a, a0, aRow, x, x0, xStep, beta, y, y0, yStep);
    }

    @Override public boolean cholesky(int n, double[] a, int at, double[] l, int to) { return counted().cholesky(n, a, at, l, to); }

    @Override public boolean solve(boolean transposed, int n, int columns, double[] a, int at, double[] b, int from, double[] x, int to) {
        return counted().solve(transposed, n, columns, a, at, b, from, x, to);
    }

    @Override public void solveTriangular(boolean lower, boolean transposed, int n, int columns, double[] a, int at, double[] b, int from,
        double[] x, int to) {
        counted().solveTriangular(lower, transposed, n, columns, a, at, b, from, x, to);
    }

    @Override public boolean inverse(int n, double[] a, int at, double[] inverse, int to) {
        return counted().inverse(n, a, at, inverse, to);
    }

    @Override public void pivots(int n, double[] a, int at, double[] pivots) { counted().pivots(n, a, at, pivots); }

    private Blas counted() {
        calls.incrementAndGet();
        return blas;
    }
}

package org.agnesi.openblas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.agnesi.kernel.Blas;

/// OpenBLAS, one thread a call: what calls it has threads of its own.
///
/// Products are on arrays as they lie, in short calls. Decompositions work on copies outside of the heap, for as long as they
/// take. LAPACK has matrices in columns: one in rows is its transpose there.
final class OpenBlas implements Blas {
    /// From this on arrays stay in their place while native code holds them (JDK-8377811).
    private static final Runtime.Version SAFE = Runtime.Version.parse("25.0.3");
    /// Columns that the inverse is computed for at a time.
    private static final int WORK = 64;
    private static final byte UPPER = 'U', AS_IS = 'N', TRANSPOSED = 'T';

    private final Memory memory = new Memory();
    private final String name;

    OpenBlas() {
        try {
            Routines.SET_THREADS.invokeExact(1);
            var version = text(Routines.CONFIGURATION).split(" ")[1];
            name = "OpenBLAS %s, for %s".formatted(version, text(Routines.CORE));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @SuppressWarnings("restricted") private static String text(MethodHandle function) throws Throwable {
        return ((MemorySegment) function.invokeExact()).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// No routine throws: it was not called as it should be, or the JVM has no memory left.
    static IllegalStateException failure(Throwable e) {
        if (e instanceof Error error && !(e instanceof LinkageError)) throw error;
        return new IllegalStateException("a routine of OpenBLAS was not called", e);
    }

    @Override public String name() { return name; }

    @Override public boolean multiplies(Class<?> element) {
        return (element == double.class || element == float.class) && Runtime.version().compareTo(SAFE) >= 0;
    }

    @Override public void gemm(boolean aTransposed, boolean bTransposed, int m, int n, int k, Object a, int a0, int aRow, Object b, int b0,
        int bRow, double beta, Object c, int c0, int cRow) {
        Products.gemm(aTransposed, bTransposed, m, n, k, a, a0, aRow, b, b0, bRow, beta, c, c0, cRow);
    }

    @Override public void gemv(boolean transposed, int m, int n, Object a, int a0, int aRow, Object x, int x0, int xStep, double beta,
        Object y, int y0, int yStep) {
        Products.gemv(transposed, m, n, a, a0, aRow, x, x0, xStep, beta, y, y0, yStep);
    }

    /// Lower in rows is upper in columns: `UᵀU`.
    @Override public boolean cholesky(int n, double[] a, int at, double[] l, int to) {
        var matrix = memory.take(bytes(n, n));
        try {
            put(a, at, n * n, matrix);
            int info = (int) Routines.DPOTRF.invokeExact(Routines.COLUMNS, UPPER, n, matrix, n);
            if (info != 0) return false;
            get(matrix, n * n, l, to);
            for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) l[to + i * n + j] = 0;
            return true;
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            memory.give(matrix);
        }
    }

    /// LAPACK factors `Aᵀ`, and solves for its transpose.
    @Override public boolean solve(boolean transposed, int n, int columns, double[] a, int at, double[] b, int from, double[] x, int to) {
        var all = memory.take(bytes(n, n) + bytes(n, columns) + (long) Integer.BYTES * n);
        var right = all.asSlice(bytes(n, n));
        var exchanges = right.asSlice(bytes(n, columns));
        try {
            put(a, at, n * n, all);
            int info = (int) Routines.DGETRF.invokeExact(Routines.COLUMNS, n, n, all, n, exchanges);
            if (info != 0) return false;
            for (int j = 0; j < columns; j++) for (int i = 0; i < n; i++)
                right.setAtIndex(JAVA_DOUBLE, (long) j * n + i, b[from + i * columns + j]);
            info = (int) Routines.DGETRS.invokeExact(Routines.COLUMNS, transposed ? AS_IS : TRANSPOSED, n, columns, all, n,
                exchanges, right, n);
            for (int j = 0; j < columns; j++) for (int i = 0; i < n; i++)
                x[to + i * columns + j] = right.getAtIndex(JAVA_DOUBLE, (long) j * n + i);
            return info == 0;
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            memory.give(all);
        }
    }

    @Override public void solveTriangular(boolean lower, boolean transposed, int n, int columns, double[] a, int at, double[] b, int from,
        double[] x, int to) {
        var all = memory.take(bytes(n, n) + bytes(n, columns));
        var right = all.asSlice(bytes(n, n));
        try {
            put(a, at, n * n, all);
            put(b, from, n * columns, right);
            Routines.DTRSM.invokeExact(Routines.ROWS, Routines.LEFT, lower ? Routines.LOWER : Routines.UPPER,
                transposed ? Routines.TRANSPOSED : Routines.AS_IS, Routines.ANY_DIAGONAL, n, columns, 1.0, all, n, right, columns);
            get(right, n * columns, x, to);
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            memory.give(all);
        }
    }

    /// The inverse of the transpose is the transpose of the inverse.
    @Override public boolean inverse(int n, double[] a, int at, double[] inverse, int to) {
        int work = WORK * n;
        var all = memory.take(bytes(n, n) + bytes(work, 1) + (long) Integer.BYTES * n);
        var space = all.asSlice(bytes(n, n));
        var exchanges = space.asSlice(bytes(work, 1));
        try {
            put(a, at, n * n, all);
            int info = (int) Routines.DGETRF.invokeExact(Routines.COLUMNS, n, n, all, n, exchanges);
            if (info == 0) info = (int) Routines.DGETRI.invokeExact(Routines.COLUMNS, n, all, n, exchanges, space, work);
            if (info == 0) get(all, n * n, inverse, to);
            return info == 0;
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            memory.give(all);
        }
    }

    @Override public void pivots(int n, double[] a, int at, double[] pivots) {
        var all = memory.take(bytes(n, n) + (long) Integer.BYTES * n);
        var exchanges = all.asSlice(bytes(n, n));
        try {
            put(a, at, n * n, all);
            int _ = (int) Routines.DGETRF.invokeExact(Routines.COLUMNS, n, n, all, n, exchanges);   // a zero among the pivots says all
            for (int i = 0; i < n; i++) {
                pivots[i] = all.getAtIndex(JAVA_DOUBLE, (long) i * n + i);
                if (exchanges.getAtIndex(JAVA_INT, i) != i + 1) pivots[0] = -pivots[0];
            }
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            memory.give(all);
        }
    }

    private static long bytes(int n, int columns) { return (long) Double.BYTES * n * columns; }

    private static void put(double[] from, int at, int count, MemorySegment to) {
        MemorySegment.copy(from, at, to, JAVA_DOUBLE, 0, count);
    }

    private static void get(MemorySegment from, int count, double[] to, int at) {
        MemorySegment.copy(from, JAVA_DOUBLE, 0, to, at, count);
    }
}

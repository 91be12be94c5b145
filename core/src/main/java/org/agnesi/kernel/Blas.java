package org.agnesi.kernel;

/// Routines of BLAS and LAPACK, as a [BlasProvider] brings them. Any number of threads may call one.
///
/// Matrices lie row by row in Java arrays. What a routine returns depends on its arguments and on this machine alone, not on
/// threads or on where an array lies. No call keeps the JVM from a safepoint for longer than about 100 µs: what may take longer
/// goes through memory of the library's own, or is not offered.
public interface Blas {
    /// Multiplications of matrices that some 100 µs are enough for: cores do 5 to 30 in a nanosecond.
    long MOST = 1 << 20;
    /// Elements of a matrix that a product with a vector reads in that time: memory delivers 1 in a nanosecond, or more.
    int FAR = 1 << 16;

    /// What it is, as `describe()` writes it: `OpenBLAS 0.3.31 (Haswell)`.
    String name();

    /// Whether [#gemm] and [#gemv] may be called with arrays of such elements; the decompositions always may.
    boolean multiplies(Class<?> element);

    /// `C ← op(A) op(B) + beta C`, where `op(A)` has m rows and k columns, `op(B)` k rows and n columns: `double[]` or `float[]`.
    ///
    /// @param aTransposed whether `op(A)` is `Aᵀ`
    /// @param a0          where `A` begins in `a`
    /// @param aRow        from one of its rows to the next
    void gemm(boolean aTransposed, boolean bTransposed, int m, int n, int k, Object a, int a0, int aRow, Object b, int b0, int bRow,
        double beta, Object c, int c0, int cRow);

    /// `y ← op(A) x + beta y`, where `A` has m rows and n columns.
    void gemv(boolean transposed, int m, int n, Object a, int a0, int aRow, Object x, int x0, int xStep, double beta, Object y,
        int y0, int yStep);

    // decompositions of one matrix of n rows and columns in one piece, from `at`; false where it is none that the routine can use

    /// The lower triangular `L` with `L Lᵀ = A`, zeros above; of `A` the lower triangle is read.
    boolean cholesky(int n, double[] a, int at, double[] l, int to);

    /// The `X` of n rows and so many columns with `op(A) X = B`.
    boolean solve(boolean transposed, int n, int columns, double[] a, int at, double[] b, int from, double[] x, int to);

    /// The same with one triangle of `A`, whose diagonal has no zeros.
    void solveTriangular(boolean lower, boolean transposed, int n, int columns, double[] a, int at, double[] b, int from, double[] x,
        int to);

    boolean inverse(int n, double[] a, int at, double[] inverse, int to);

    /// The pivots of an LU decomposition, the first with the sign of the permutation: their product is the determinant.
    void pivots(int n, double[] a, int at, double[] pivots);
}

package org.agnesi.op;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.MatrixError;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Fact;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/// Matrices in the last two axes of a tensor, those before them a batch: what linear algebra is written with.
final class Matrices {
    private Matrices() {}

    /// Pivots below this make a matrix singular: only an exact zero does.
    private static final double SINGULAR = Double.MIN_VALUE;

    /// `a` as floats, checked to be square as far as that is known.
    static Expr square(String what, Expr a) {
        if (Required.argument(what, a).type().rank() < 2 || a.type().isKnown(rows(a)) && a.type().isKnown(columns(a))
            && a.type().dim(rows(a)) != a.type().dim(columns(a)))
            throw new TypeError("""
                %s needs a square matrix in the last two axes, but got %s of type %s
                Reshape or slice it to one.""".formatted(what, a, a.type()));
        return floating(a);
    }

    static Expr floating(Expr x) { return Cast.cast(x, x.type().dtype().floating()); }

    static int rows(Expr a) { return a.type().rank() - 2; }

    static int columns(Expr a) { return a.type().rank() - 1; }

    /// A square matrix has as many rows as columns.
    static List<Fact> isSquare(Expr a) {
        return a.type().isKnown(rows(a)) && a.type().isKnown(columns(a)) ? List.of() : List.of(new Fact(a, rows(a), a, columns(a)));
    }

    /// `n³ · numerator / denominator` for each matrix of the batch.
    static Scalar cubes(Operand a, long numerator, long denominator) {
        var cubes = Scalar.mul(a.count(), a.size(-1));
        return Scalar.floorDiv(Scalar.mul(cubes, Scalar.constant(numerator)), Scalar.constant(denominator));
    }

    /// `n²` for each column of the right side: one triangle, solved.
    static Scalar substitution(Operand b) { return Scalar.mul(b.count(), b.size(-2)); }

    static Expr transposed(Expr a) { return Movement.swapaxes(a, -1, -2); }

    /// The product of matrices, `aᵀ` or `bᵀ` where asked.
    static Expr product(Expr a, Expr b) { return Products.matmul(a, b); }

    /// Both with one batch: repeated along leading dimensions that are missing, or statically 1, in one of them.
    static List<Expr> oneBatch(Expr a, Expr b) {
        int rank = Math.max(a.type().rank(), b.type().rank());
        var batch = new ArrayList<Expr>();
        for (int axis = 0; axis < rank - 2; axis++) {
            int inA = axis - (rank - a.type().rank()), inB = axis - (rank - b.type().rank());
            boolean fromB = inA < 0 || inB >= 0 && a.type().dim(inA) == 1;
            batch.add(fromB ? b.length(inB) : a.length(inA));
        }
        return List.of(spread(a, batch), spread(b, batch));
    }

    private static Expr spread(Expr a, List<Expr> batch) {
        boolean fits = a.type().rank() - 2 == batch.size();
        for (int axis = 0; fits && axis < batch.size(); axis++) fits = a.type().dim(axis) != 1 || batch.get(axis).equals(a.length(axis));
        if (fits) return a;
        var dims = new ArrayList<>(batch);
        dims.addAll(a.lengths().subList(rows(a), a.type().rank()));
        return BroadcastTo.broadcastTo(a, dims);
    }

    // values

    /// How many matrices there are; none where they have no elements.
    static int count(NDArray a) {
        int each = a.shape().dim(-1) * a.shape().dim(-2);
        return each == 0 ? 0 : a.size() / each;
    }

    static RealMatrix read(NDArray a, int k) { return new Array2DRowRealMatrix(elements(a, k), false); }

    /// Matrix `k` row by row, the caller's to write to.
    static double[][] elements(NDArray a, int k) {
        var rows = new double[a.shape().dim(-2)][a.shape().dim(-1)];
        for (int i = 0; i < rows.length; i++) {
            int n = rows[i].length, at = (k * rows.length + i) * n;
            if (a.data() instanceof double[] elements) System.arraycopy(elements, at, rows[i], 0, n);
            else for (int j = 0; j < n; j++) rows[i][j] = a.doubleAt(at + j);
        }
        return rows;
    }

    static void write(double[][] rows, NDArray out, int k) {
        for (int i = 0; i < rows.length; i++) {
            int n = rows[i].length, at = (k * rows.length + i) * n;
            if (out.data() instanceof double[] elements) System.arraycopy(rows[i], 0, elements, at, n);
            else for (int j = 0; j < n; j++) out.setDoubleAt(at + j, rows[i][j]);
        }
    }

    static NDArray zeros(DType dtype, NDArray like) { return NDArray.zeros(dtype, like.shape()); }

    /// The elements as a library takes them, which are nobody's to write to.
    static double[] doubles(NDArray a) {
        return a.cast(DType.FLOAT64).data() instanceof double[] elements ? elements : new double[0];
    }

    /// An array of elements as a library gives them.
    static NDArray array(DType dtype, Shape shape, double[] elements) { return NDArray.wrap(DType.FLOAT64, shape, elements).cast(dtype); }

    /// The factors of matrix `k`, or an error if it is singular.
    static LUDecomposition factors(String what, NDArray a, int k, boolean transposed) {
        var matrix = read(a, k);
        var lu = new LUDecomposition(transposed ? matrix.transpose() : matrix, SINGULAR);
        if (lu.getSolver().isNonSingular()) return lu;
        throw singular(what, a, k);
    }

    static LUDecomposition factors(NDArray a, int k) { return new LUDecomposition(read(a, k), SINGULAR); }

    static MatrixError singular(String what, NDArray a, int k) {
        return new MatrixError(what + " needs an invertible matrix, but %s" + which(a, k)
            + " is singular\nAdd a small multiple of eye(n), or look at how it is built: rows that depend on each other.");
    }

    /// `[k]` where there are several.
    static String which(NDArray a, int k) { return a.rank() == 2 ? "" : "[" + k + "]"; }
}

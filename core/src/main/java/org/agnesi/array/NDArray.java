package org.agnesi.array;

import java.lang.reflect.Array;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;

/// An array of numbers or booleans: a dtype, a shape, and one Java primitive array in C order.
///
/// It is compared by value and prints as NumPy prints. Once handed out it counts as immutable, so [#reshape] and [#wrap]
/// share elements instead of copying them; the two setters are for whoever has just made the array and still owns it.
///
/// Reading converts by the table of [#cast]: `getLong` of 2.9 is 2, `getBoolean` of 0.5 is true.
public final class NDArray {
    private final DType dtype;
    private final Shape shape;
    private final Object data;

    private NDArray(DType dtype, Shape shape, Object data) {
        this.dtype = dtype;
        this.shape = shape;
        this.data = data;
    }

    // ---- from Java values, copied ----

    public static NDArray of(double value) { return wrap(new double[] {value}); }
    public static NDArray of(float value) { return wrap(new float[] {value}); }
    public static NDArray of(long value) { return wrap(new long[] {value}); }
    public static NDArray of(int value) { return wrap(new int[] {value}); }
    public static NDArray of(boolean value) { return wrap(new boolean[] {value}); }

    public static NDArray of(double[] values) { return from(values); }
    public static NDArray of(float[] values) { return from(values); }
    public static NDArray of(long[] values) { return from(values); }
    public static NDArray of(int[] values) { return from(values); }
    public static NDArray of(boolean[] values) { return from(values); }

    public static NDArray of(double[][] rows) { return from(rows); }
    public static NDArray of(float[][] rows) { return from(rows); }
    public static NDArray of(long[][] rows) { return from(rows); }
    public static NDArray of(int[][] rows) { return from(rows); }
    public static NDArray of(boolean[][] rows) { return from(rows); }

    public static NDArray of(double[][][] blocks) { return from(blocks); }
    public static NDArray of(float[][][] blocks) { return from(blocks); }
    public static NDArray of(long[][][] blocks) { return from(blocks); }
    public static NDArray of(int[][][] blocks) { return from(blocks); }
    public static NDArray of(boolean[][][] blocks) { return from(blocks); }

    /// Any Java value: a number, a boolean, primitive arrays and lists nested to any depth, or an `NDArray`, which is
    /// returned as it is. `int[]` makes int32, `long[]` int64, `byte[]` int8; a list takes the promoted dtype of its parts.
    public static NDArray from(Object value) {
        return Required.of("NDArray.from", "a value", value) instanceof NDArray array ? array : Nested.read(value);
    }

    // ---- around a Java array, shared ----

    /// An array over `data` itself, not a copy; without dims it is one number.
    public static NDArray wrap(double[] data, int... dims) { return wrap(DType.FLOAT64, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], float32.
    public static NDArray wrap(float[] data, int... dims) { return wrap(DType.FLOAT32, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], int64.
    public static NDArray wrap(long[] data, int... dims) { return wrap(DType.INT64, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], int32.
    public static NDArray wrap(int[] data, int... dims) { return wrap(DType.INT32, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], int16.
    public static NDArray wrap(short[] data, int... dims) { return wrap(DType.INT16, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], int8; for uint8 name the dtype.
    public static NDArray wrap(byte[] data, int... dims) { return wrap(DType.INT8, Shape.of(dims), data); }
    /// As [#wrap(double[], int...)], bool.
    public static NDArray wrap(boolean[] data, int... dims) { return wrap(DType.BOOL, Shape.of(dims), data); }

    /// As [#wrap(double[], int...)], for any dtype and its Java array.
    public static NDArray wrap(DType dtype, Shape shape, Object data) {
        Required.of("wrap", "elements", data);
        if (data.getClass().componentType() != Required.of("wrap", "a dtype", dtype).carrier()) throw new TypeError("""
                elements of dtype %s live in a %s[], but got a %s
                Pass that array, or the dtype that fits it.""".formatted(dtype, dtype.carrier(), data.getClass().getSimpleName()));
        if (Array.getLength(data) != shape.size()) throw new ShapeError("""
                shape %s needs %d elements, but the array has %d
                Give dims whose product is the array's length.""".formatted(shape, shape.size(), Array.getLength(data)));
        return new NDArray(dtype, shape, data);
    }

    // ---- filled ----

    public static NDArray zeros(DType dtype, int... dims) { return zeros(dtype, Shape.of(dims)); }

    public static NDArray zeros(DType dtype, Shape shape) {
        return new NDArray(dtype, shape, Elements.allocate(dtype, shape.size()));
    }

    /// Every element is `value`, converted as [#cast] does.
    public static NDArray full(DType dtype, Shape shape, double value) {
        var out = zeros(dtype, shape);
        for (int i = 0; i < shape.size(); i++) out.setDoubleAt(i, value);
        return out;
    }

    /// `out[i] = f(i)` over flat positions, in a floating dtype.
    public static NDArray generateDoubles(DType floating, Shape shape, IntToDoubleFunction f) {
        if (!floating.isFloating()) throw new TypeError("""
                generateDoubles needs float32 or float64, but got %s
                Use generateLongs for integers, generateBooleans for bool.""".formatted(floating));
        var out = zeros(floating, shape);
        for (int i = 0; i < shape.size(); i++) out.setDoubleAt(i, f.applyAsDouble(i));
        return out;
    }

    /// `out[i] = f(i)` over flat positions, in an integer dtype; wraps around at its width.
    public static NDArray generateLongs(DType integer, Shape shape, IntToLongFunction f) {
        if (!integer.isInteger()) throw new TypeError("""
                generateLongs needs an integer dtype, but got %s
                Use generateDoubles for floats, generateBooleans for bool.""".formatted(integer));
        var out = zeros(integer, shape);
        for (int i = 0; i < shape.size(); i++) out.setLongAt(i, f.applyAsLong(i));
        return out;
    }

    /// `out[i] = f(i)` over flat positions, in bool.
    public static NDArray generateBooleans(Shape shape, IntPredicate f) {
        var out = zeros(DType.BOOL, shape);
        for (int i = 0; i < shape.size(); i++) out.setLongAt(i, f.test(i) ? 1 : 0);
        return out;
    }

    // ---- questions ----

    public DType dtype() { return dtype; }
    public Shape shape() { return shape; }
    public int rank() { return shape.rank(); }
    public int size() { return shape.size(); }

    /// The Java array that holds the elements: itself, not a copy. Do not write to it unless you own this array.
    public Object data() { return data; }

    /// The element at an index; negative entries count from the end.
    public double get(int... index) { return doubleAt(shape.flat(index)); }
    public long getLong(int... index) { return longAt(shape.flat(index)); }
    public boolean getBoolean(int... index) { return booleanAt(shape.flat(index)); }

    /// The only element, for arrays of exactly one, whatever their rank.
    public double toDouble() { return doubleAt(only("toDouble", "toDoubleArray")); }
    public long toLong() { return longAt(only("toLong", "toLongArray")); }
    public boolean toBoolean() { return booleanAt(only("toBoolean", "toBooleanArray")); }

    private int only(String asked, String instead) {
        if (size() != 1) throw new ShapeError("""
                %s needs an array of one element, but this one is %s of shape %s
                Pick one with get(…), or take all with %s().""".formatted(asked, dtype, shape, instead));
        return 0;
    }

    /// The element at a flat position in C order.
    public double doubleAt(int flat) { return Elements.doubleAt(dtype, data, flat); }
    public long longAt(int flat) { return Elements.longAt(dtype, data, flat); }
    public boolean booleanAt(int flat) { return Elements.booleanAt(dtype, data, flat); }

    /// Writes one element, converted as [#cast] does: only into an array that you have just made.
    public void setDoubleAt(int flat, double value) { Elements.setDouble(dtype, data, flat, value); }
    public void setLongAt(int flat, long value) { Elements.setLong(dtype, data, flat, value); }

    // ---- to Java arrays, copied ----

    /// All elements in C order, converted; a copy.
    public double[] toDoubleArray() { return (double[]) copyAs(DType.FLOAT64); }
    public float[] toFloatArray() { return (float[]) copyAs(DType.FLOAT32); }
    public long[] toLongArray() { return (long[]) copyAs(DType.INT64); }
    public int[] toIntArray() { return (int[]) copyAs(DType.INT32); }
    public boolean[] toBooleanArray() { return (boolean[]) copyAs(DType.BOOL); }

    /// The rows of a matrix, a copy.
    public double[][] toDoubleMatrix() {
        if (rank() != 2) throw new ShapeError("""
                toDoubleMatrix needs an array of rank 2, but this one has shape %s
                Reshape it first, or take all elements with toDoubleArray().""".formatted(shape));
        var rows = new double[shape.dim(0)][shape.dim(1)];
        for (int i = 0, flat = 0; i < rows.length; i++) for (int j = 0; j < rows[i].length; j++) rows[i][j] = doubleAt(flat++);
        return rows;
    }

    private Object copyAs(DType target) {
        var out = Elements.allocate(target, size());
        Elements.copy(dtype, data, target, out, 0, size());
        return out;
    }

    // ---- other views of the elements ----

    /// `out[i] = this[source(i)]` over flat positions: every transpose, slice, broadcast and gather is one of these.
    public NDArray take(Shape out, IntUnaryOperator source) {
        var taken = Elements.allocate(dtype, out.size());
        for (int i = 0; i < out.size(); i++) System.arraycopy(data, source.applyAsInt(i), taken, i, 1);
        return new NDArray(dtype, out, taken);
    }

    /// The same elements under another shape; they are shared, not copied.
    public NDArray reshape(int... dims) { return reshape(Shape.of(dims)); }

    public NDArray reshape(Shape target) {
        if (target.size() != size()) throw new ShapeError("""
                reshape keeps the number of elements, but %s has %d and %s has %d
                Give a shape whose lengths multiply to %2$d.""".formatted(shape, size(), target, target.size()));
        return new NDArray(dtype, target, data);
    }

    /// The same values in an array of its own.
    public NDArray copy() { return new NDArray(dtype, shape, copyAs(dtype)); }

    /// The same values in another dtype; itself if it has that dtype already.
    ///
    /// | from → to                      | value                                            |
    /// |--------------------------------|--------------------------------------------------|
    /// | float → integer                | towards zero, saturating at the range; NaN → 0   |
    /// | integer → integer              | wraps around                                     |
    /// | any → bool                     | `x != 0`, so NaN → true                          |
    /// | int64 or float64 → float       | to nearest, ties to even; too large → ±infinity  |
    public NDArray cast(DType target) { return target == dtype ? this : new NDArray(target, shape, copyAs(target)); }

    // ---- comparison and print ----

    /// |a − b| ≤ atol + rtol · |b| for every element, with NaN close to NaN and infinities close to themselves.
    /// Shapes must be equal, dtypes need not be.
    public boolean allClose(NDArray b, double rtol, double atol) {
        if (!shape.equals(b.shape)) return false;
        for (int i = 0; i < size(); i++) if (!close(doubleAt(i), b.doubleAt(i), rtol, atol)) return false;
        return true;
    }

    private static boolean close(double a, double b, double rtol, double atol) {
        if (!Double.isFinite(a) || !Double.isFinite(b)) return Double.compare(a, b) == 0;
        return Math.abs(a - b) <= atol + rtol * Math.abs(b);
    }

    /// Same dtype, shape and elements; floats by their bits, so NaN equals NaN and −0.0 differs from 0.0.
    @Override public boolean equals(Object other) {
        return other instanceof NDArray that && dtype == that.dtype && shape.equals(that.shape) && Elements.equal(data, that.data);
    }

    @Override public int hashCode() { return Objects.hash(dtype, shape, Elements.hash(data)); }

    /// As NumPy prints it: 8 digits, columns aligned, the middle of more than 1000 elements left out.
    @Override public String toString() { return ArrayPrinter.print(this); }
}

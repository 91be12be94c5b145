package org.agnesi.array;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agnesi.error.ShapeError;
import org.agnesi.error.TypeError;
import org.jspecify.annotations.Nullable;

/// Reads arrays and lists, nested to any depth, into one rectangular array.
///
/// Three walks: follow the first elements down for the shape, visit all for agreement and the dtype, visit all to copy.
/// What cannot be split further (a number, a primitive array, an [NDArray]) is a *leaf*.
final class Nested {
    private static final int DEEPEST = 64;   // also ends the walk through a list that contains itself

    private final int[] dims;
    private @Nullable DType dtype;

    private Nested(int[] dims) { this.dims = dims; }

    static NDArray read(Object value) {
        var leaf = leaf(value);
        if (leaf != null) return copy(leaf);   // what most calls pass: a number, a vector
        var nested = new Nested(dims(value));
        nested.check(value, 0, "");
        var dtype = nested.dtype == null ? emptyType(value) : nested.dtype;
        var out = NDArray.zeros(dtype, nested.dims);
        fill(value, out, 0);
        return out;
    }

    private static NDArray copy(NDArray leaf) {
        var out = NDArray.zeros(leaf.dtype(), leaf.shape());
        fill(leaf, out, 0);
        return out;
    }

    private static int[] dims(Object value) {
        var dims = new ArrayList<Integer>();
        for (Object at = value; ; at = child(at, 0)) {
            var leaf = leaf(at);
            if (leaf != null) {
                for (int dim : leaf.shape().dims()) dims.add(dim);
                break;
            }
            dims.add(length(at));
            if (length(at) == 0) {
                for (int k = depth(at.getClass()); k > 1; k--) dims.add(0);   // new double[0][] still has rank 2
                break;
            }
            if (dims.size() > DEEPEST) throw new TypeError("""
                    an array of at most %d axes is needed, but these lists nest deeper
                    Is a list its own element?""".formatted(DEEPEST));
        }
        return dims.stream().mapToInt(i -> i).toArray();
    }

    /// Throws unless everything below `value` has the shape that the first elements have; gathers the dtype.
    private void check(Object value, int axis, String path) {
        var leaf = leaf(value);
        var found = leaf == null ? new int[] {length(value)} : leaf.shape().dims();
        var wanted = Arrays.copyOfRange(dims, axis, dims.length);
        boolean fits = leaf == null ? wanted.length > 0 && found[0] == wanted[0] : Arrays.equals(found, wanted);
        if (!fits) throw ragged(path, found, wanted, leaf == null);
        if (leaf != null) dtype = dtype == null ? leaf.dtype() : DType.promote(dtype, leaf.dtype());
        else for (int i = 0; i < found[0]; i++) check(child(value, i), axis + 1, path.isEmpty() ? "" + i : path + ", " + i);
    }

    private static ShapeError ragged(String path, int[] found, int[] wanted, boolean more) {
        var first = path.replaceAll("\\d+", "0");
        return new ShapeError("""
                rows of one length are needed, but row %s %s and row %s %s
                Pad or cut them to the same length.""".formatted(bracket(path), has(found, more), bracket(first), has(wanted, more)));
    }

    private static String bracket(String path) { return path.contains(",") ? "[" + path + "]" : path; }

    private static String has(int[] dims, boolean more) {
        if (dims.length == 0) return "is a single number";
        return dims.length == 1 || more ? "has length " + dims[0] : "has shape " + Shape.of(dims);
    }

    private static int fill(Object value, NDArray out, int at) {
        var leaf = leaf(value);
        if (leaf != null) {
            Elements.copy(leaf.dtype(), leaf.data(), out.dtype(), out.data(), at, leaf.size());
            return at + leaf.size();
        }
        int next = at;
        for (int i = 0; i < length(value); i++) next = fill(child(value, i), out, next);
        return next;
    }

    /// The value as an array without copying, or null for a list or an array of objects.
    private static @Nullable NDArray leaf(Object value) {
        return switch (value) {
            case NDArray a -> a;
            case double[] a -> NDArray.wrap(a, a.length);
            case float[] a -> NDArray.wrap(a, a.length);
            case long[] a -> NDArray.wrap(a, a.length);
            case int[] a -> NDArray.wrap(a, a.length);
            case short[] a -> NDArray.wrap(a, a.length);
            case byte[] a -> NDArray.wrap(a, a.length);
            case boolean[] a -> NDArray.wrap(a, a.length);
            case Boolean b -> NDArray.of(b);
            case Number n -> number(n);
            case Object[] _, List<?> _ -> null;
            default -> throw new TypeError("""
                    numbers, booleans, or arrays and lists of them are needed, but got a %s
                    Convert it first.""".formatted(value.getClass().getName()));
        };
    }

    private static NDArray number(Number n) {
        return switch (n) {
            case Integer i -> NDArray.of(i);
            case Short s -> NDArray.wrap(new short[] {s});
            case Byte b -> NDArray.wrap(new byte[] {b});
            case Float f -> NDArray.of(f);
            case Long l -> NDArray.of(l);
            case BigInteger big when big.bitLength() < Long.SIZE -> NDArray.of(big.longValue());
            case BigInteger big -> throw new TypeError("""
                    an integer of at most 64 bits is needed, but got %s
                    Pass its doubleValue() if rounding is acceptable.""".formatted(big));
            default -> NDArray.of(n.doubleValue());
        };
    }

    private static int length(Object branch) { return branch instanceof List<?> list ? list.size() : Array.getLength(branch); }

    private static Object child(Object branch, int i) {
        var child = branch instanceof List<?> list ? list.get(i) : Array.get(branch, i);
        if (child != null) return child;
        throw new TypeError("""
                numbers, booleans, or arrays and lists of them are needed, but element %d of a %s is null
                Fill it in first.""".formatted(i, branch instanceof List ? "list" : branch.getClass().getSimpleName()));
    }

    private static int depth(Class<?> type) { return type.isArray() ? 1 + depth(type.componentType()) : 0; }

    /// The dtype of something without elements: its Java element type if that is primitive, else NumPy's float64.
    private static DType emptyType(Object value) {
        var type = value.getClass();
        while (type.isArray()) type = type.componentType();
        for (var dtype : DType.values()) if (dtype.carrier() == type) return dtype;
        return DType.FLOAT64;
    }
}

package org.agnesi.array;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.agnesi.error.ShapeError;

/// The lengths of an array along its axes, written `(2, 3)`, `(3,)` or `()`; compared by value, never changed.
///
/// An element's *flat* position in C order is `Σ index[k] · strides[k]`.
public final class Shape {
    /// The shape of a single number: no axes, one element.
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        this.dims = dims;
        this.size = checkedSize();
    }

    public static Shape of(int... dims) { return dims.length == 0 ? SCALAR : new Shape(dims.clone()); }

    /// The number of axes.
    public int rank() { return dims.length; }

    /// The length of one axis; −1 is the last axis.
    public int dim(int axis) {
        if (axis < -rank() || axis >= rank()) throw new ShapeError("""
                an axis of shape %s is needed, but got axis %d
                Its rank is %d: count axes from 0, or from -1 for the last.""".formatted(this, axis, rank()));
        return dims[axis < 0 ? axis + rank() : axis];
    }

    /// The lengths of all axes, a copy.
    public int[] dims() { return dims.clone(); }

    /// Whether these are its dims; nothing is copied.
    public boolean is(int[] others) { return Arrays.equals(dims, others); }

    /// The number of elements: the product of the lengths.
    public int size() { return size; }

    /// How far apart, in flat positions, neighbours along each axis are in C order; zeros when there are no elements.
    public int[] strides() {
        var strides = new int[rank()];
        if (size == 0) return strides;
        for (int axis = rank() - 1, step = 1; axis >= 0; step *= dims[axis--]) strides[axis] = step;
        return strides;
    }

    /// The flat position of an index; a negative entry counts from the end of its axis.
    public int flat(int... index) {
        if (index.length != rank()) throw new ShapeError("""
                an element of shape %s needs one index per axis, %d in all, but got %d: %s
                Give as many indices as the array has axes.""".formatted(this, rank(), index.length, Arrays.toString(index)));
        int flat = 0;
        for (int axis = 0; axis < index.length; axis++) flat = flat * dims[axis] + along(axis, index[axis]);
        return flat;
    }

    private int along(int axis, int i) {
        int n = dims[axis];
        if (n == 0) throw new ShapeError("""
                an index into axis %d of shape %s is impossible, but got %d
                The axis is empty: it has no elements.""".formatted(axis, this, i));
        if (i < -n || i >= n) throw new ShapeError("""
                an index from %d to %d is needed on axis %d of shape %s, but got %d
                Indices count from 0, or from -1 for the last.""".formatted(-n, n - 1, axis, this, i));
        return i < 0 ? i + n : i;
    }

    /// The index of a flat position: the inverse of [#flat].
    public int[] index(int flat) {
        var index = new int[rank()];
        for (int axis = rank() - 1, rest = flat; axis >= 0; rest /= dims[axis--]) index[axis] = rest % dims[axis];
        return index;
    }

    private int checkedSize() {
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) throw new ShapeError("""
                    a shape needs lengths of zero or more, but got %d in %s
                    Give every axis its length.""".formatted(dim, this));
            empty |= dim == 0;
        }
        return empty ? 0 : (int) checkedProduct();
    }

    private long checkedProduct() {
        long product = 1;
        for (int dim : dims) {
            product *= dim;
            if (product > Integer.MAX_VALUE) throw new ShapeError("""
                    an array holds at most 2147483647 elements, but shape %s has more
                    Split it along one axis.""".formatted(this));
        }
        return product;
    }

    @Override public boolean equals(Object other) {
        return this == other || other instanceof Shape that && Arrays.equals(dims, that.dims);
    }

    @Override public int hashCode() { return Arrays.hashCode(dims); }

    @Override public String toString() {
        return rank() == 1 ? "(" + dims[0] + ",)"
                : Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}

package org.agnesi.symbolic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.ShapeError;

/// What is known about a tensor before any data exists, written `float64[3,?]`.
///
/// @param dtype the type of an element
/// @param dims  per dimension its size, or [#UNKNOWN]; the rank is always known
public record TensorType(DType dtype, List<Integer> dims) {

    /// The size of a dimension that is only known at the call.
    public static final int UNKNOWN = -1;

    public TensorType {
        Required.of("a type", "a dtype", dtype);
        dims = List.copyOf(dims);
        for (int dim : dims) if (dim < UNKNOWN) throw new ShapeError("""
            a type needs sizes of zero or more, or -1 for one known only at the call, but got %d in %s
            Give every dimension its size.""".formatted(dim, dims));
    }

    public static TensorType of(DType dtype, int... dims) {
        return new TensorType(dtype, IntStream.of(Required.of("a type", "its sizes", dims)).boxed().toList());
    }

    public static TensorType scalar(DType dtype) { return new TensorType(dtype, List.of()); }

    /// A tensor of `rank` dimensions of unknown size.
    public static TensorType unknown(DType dtype, int rank) { return new TensorType(dtype, Collections.nCopies(rank, UNKNOWN)); }

    public int rank() { return dims.size(); }

    public int dim(int axis) { return dims.get(axis); }

    public boolean isKnown(int axis) { return dims.get(axis) != UNKNOWN; }

    /// Whether every dimension is known.
    public boolean isStatic() { return !dims.contains(UNKNOWN); }

    public TensorType with(DType other) { return other == dtype ? this : new TensorType(other, dims); }

    public TensorType withDims(List<Integer> other) { return new TensorType(dtype, other); }

    /// This type with a batch dimension in front.
    public TensorType batched(int size) {
        var wider = new ArrayList<Integer>(rank() + 1);
        wider.add(size);
        wider.addAll(dims);
        return new TensorType(dtype, wider);
    }

    /// Whether every array of this type is also of type `general`: the same dtype and rank, and no less is known.
    public boolean refines(TensorType general) {
        if (dtype != general.dtype || rank() != general.rank()) return false;
        for (int i = 0; i < rank(); i++) if (general.isKnown(i) && general.dim(i) != dim(i)) return false;
        return true;
    }

    /// Whether an array of this shape is one of this type's.
    public boolean admits(Shape shape) {
        if (shape.rank() != rank()) return false;
        for (int i = 0; i < rank(); i++) if (isKnown(i) && dim(i) != shape.dim(i)) return false;
        return true;
    }

    @Override public String toString() {
        return dims.stream().map(d -> d == UNKNOWN ? "?" : d.toString()).collect(Collectors.joining(",", dtype + "[", "]"));
    }
}

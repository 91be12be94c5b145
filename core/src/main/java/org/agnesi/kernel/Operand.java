package org.agnesi.kernel;

import static org.agnesi.kernel.Scalar.add;
import static org.agnesi.kernel.Scalar.floorDiv;
import static org.agnesi.kernel.Scalar.mul;
import static org.agnesi.kernel.Scalar.rem;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.array.DType;

/// What an op sees of one of its arguments or results while it lowers itself; an unknown dimension is -1.
public record Operand(int index, DType dtype, List<Integer> dims) {
    public Operand { dims = List.copyOf(dims); }

    public int rank() { return dims.size(); }

    /// Its element at the current point of the loop; it has exactly the loop's shape.
    public Scalar here() { return new Scalar.Input(index, dtype); }

    /// Its element at a computed position.
    public Scalar at(Scalar... position) { return at(List.of(position)); }

    /// Its element at a computed position.
    public Scalar at(List<Scalar> position) {
        if (position.size() != rank()) throw new IllegalArgumentException(
            "operand %d has %d axes, but got %d positions".formatted(index, rank(), position.size()));
        return new Scalar.At(index, dtype, position);
    }

    /// Its dimension along an axis: a constant where it is known; -1 is the last axis.
    public Scalar size(int axis) {
        int k = axis < 0 ? axis + rank() : axis;
        return dims.get(k) >= 0 ? Scalar.constant((long) dims.get(k)) : new Scalar.Size(index, k);
    }

    /// The number of its elements.
    public Scalar count() {
        Scalar n = Scalar.constant(1L);
        for (int axis = 0; axis < rank(); axis++) n = axis == 0 ? size(0) : mul(n, size(axis));
        return n;
    }

    /// The place in C order of a position in it.
    public Scalar linear(List<Scalar> position) {
        Scalar place = Scalar.constant(0L);
        for (int axis = 0; axis < rank(); axis++)
            place = axis == 0 ? position.get(0) : add(mul(place, size(axis)), position.get(axis));
        return place;
    }

    /// The position of a place in C order: the inverse of [#linear].
    public List<Scalar> unravel(Scalar place) {
        var position = new ArrayList<Scalar>();
        Scalar rest = place;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            position.addFirst(axis == 0 ? rest : rem(rest, size(axis)));
            rest = floorDiv(rest, size(axis));
        }
        return position;
    }
}

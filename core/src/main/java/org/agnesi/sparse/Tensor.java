package org.agnesi.sparse;

import org.agnesi.array.Shape;

/// What each element of a tensor depends on: the number of an index set per element, in C order.
record Tensor(Shape shape, int[] sets) {

    static Tensor filled(Shape shape, int set) {
        var sets = new int[shape.size()];
        java.util.Arrays.fill(sets, set);
        return new Tensor(shape, sets);
    }

    /// Per point of a space in C order, the sum of its positions along the axes, each times a weight.
    static int[] linear(Shape space, int[] weights) {
        var places = new int[space.size()];
        var place = new Place(space);
        for (int i = 0; i < places.length; i++, place.next())
            for (int axis = 0; axis < weights.length; axis++) places[i] += weights[axis] * place.point[axis];
        return places;
    }

    /// Where a walk over a space in C order is.
    static final class Place {
        final int[] point;
        int flat;
        private final Shape space;

        Place(Shape space) {
            this.space = space;
            point = new int[space.rank()];
        }

        void next() {
            flat++;
            for (int axis = point.length - 1; axis >= 0 && ++point[axis] == space.dim(axis); axis--) point[axis] = 0;
        }
    }
}

package org.agnesi.sparse;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.op.Length;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// What is known of a graph at a call: sizes of tensors, and the elements of those that are index data.
final class Known {
    private record Axis(Expr tensor, int axis) {}

    private final Map<Axis, Integer> sizes = new HashMap<>();
    private final Map<Expr, NDArray> values = new IdentityHashMap<>();

    /// @param needs lengths and index data, as expressions of the graph
    Known(List<Expr> needs, List<NDArray> given) {
        for (int k = 0; k < needs.size(); k++) {
            var need = needs.get(k);
            if (need.node().op() instanceof Length(var axis))
                sizes.put(new Axis(need.node().arg(0), axis), Math.toIntExact(given.get(k).toLong()));
            values.put(need, given.get(k));
        }
    }

    int size(Expr e, int axis) {
        return e.type().isKnown(axis) ? e.type().dim(axis) : sizes.get(new Axis(e, axis));
    }

    boolean hasShape(Expr e) {
        for (int axis = 0; axis < e.type().rank(); axis++)
            if (!e.type().isKnown(axis) && !sizes.containsKey(new Axis(e, axis))) return false;
        return true;
    }

    Shape shape(Expr e) {
        var dims = new int[e.type().rank()];
        for (int axis = 0; axis < dims.length; axis++) dims[axis] = size(e, axis);
        return Shape.of(dims);
    }

    /// The elements of index data; null for what is none.
    @Nullable NDArray value(Expr e) {
        var given = values.get(e);
        return given != null ? given : constant(e);
    }

    /// The value of a constant; null for what is none.
    @Nullable NDArray constant(Expr e) {
        var node = e.node();
        return node.args().isEmpty() && node.op().isMergeable() ? node.op().eval(List.of()).get(e.index()) : null;
    }
}

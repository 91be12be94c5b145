package org.agnesi.op;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agnesi.kernel.Operand;
import org.agnesi.kernel.Scalar;

/// Where the element at an index of a slice is read: what loops compute of [Cut]s.
final class CutIndex {
    private CutIndex() {}

    /// Where each axis of `x` is read: dimension `k` of what is left is `Index(k)`.
    static List<Scalar> of(List<Cut> cuts, Operand x, List<Operand> given) {
        var next = given.iterator();
        var index = new ArrayList<Scalar>();
        for (int axis = 0, k = 0; axis < cuts.size(); axis++) switch (cuts.get(axis)) {
            case Cut.All() -> index.add(new Scalar.Index(k++));
            case Cut.One(var at) -> index.add(counted(at, x.size(axis), next));
            case Cut.Span(var from, var to, int step) -> {
                index.add(Scalar.add(start(from, step, x.size(axis), next), stride(step, new Scalar.Index(k++))));
                if (to.equals(Cut.GIVEN)) next.next();
            }
        }
        return index;
    }

    private static Scalar stride(int step, Scalar k) { return step == 1 ? k : Scalar.mul(Scalar.constant((long) step), k); }

    /// Where a span starts if it has an element at all.
    private static Scalar start(Cut.Edge from, int step, Scalar size, Iterator<Operand> given) {
        var last = Scalar.sub(size, Scalar.constant(1L));
        if (from.equals(Cut.OPEN)) return step > 0 ? Scalar.constant(0L) : last;
        var start = counted(from, size, given);
        if (step > 0 && from instanceof Cut.Edge.Fixed(long position) && position >= 0) return start;
        return step > 0 ? Scalar.max(start, Scalar.constant(0L)) : Scalar.min(start, last);
    }

    /// A position counted from the front.
    private static Scalar counted(Cut.Edge edge, Scalar size, Iterator<Operand> given) {
        return switch (edge) {
            case Cut.Edge.Open() -> throw new IllegalStateException("an open bound has no position");
            case Cut.Edge.Fixed(long position) -> position < 0 ? Scalar.add(size, Scalar.constant(position)) : Scalar.constant(position);
            case Cut.Edge.Given() -> fromEnd(given.next().at(), size);
        };
    }

    static Scalar fromEnd(Scalar position, Scalar size) {
        return Scalar.select(Scalar.lt(position, Scalar.constant(0L)), Scalar.add(position, size), position);
    }
}

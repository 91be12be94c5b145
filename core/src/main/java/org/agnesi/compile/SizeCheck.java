package org.agnesi.compile;

import java.util.ArrayList;
import java.util.List;
import org.agnesi.kernel.Scalar;
import org.agnesi.symbolic.Fact;
import org.agnesi.symbolic.Node;

/// Something about sizes, over the slots, that programs rely on and a call must confirm.
public sealed interface SizeCheck {
    Node node();

    /// All sizes it compares.
    List<Scalar> sizes();

    /// Two dimensions are equal, as a node states.
    record Equal(Node node, Fact fact, List<Scalar> shapeA, List<Scalar> shapeB) implements SizeCheck {
        @Override public List<Scalar> sizes() { return joined(shapeA, shapeB); }
    }

    /// Two shapes have the same number of elements.
    record Count(Node node, List<Scalar> from, List<Scalar> to) implements SizeCheck {
        @Override public List<Scalar> sizes() { return joined(from, to); }
    }

    /// An argument has as many elements along an axis as are read.
    record Within(Node node, int operand, int axis, Scalar size, Scalar read) implements SizeCheck {
        @Override public List<Scalar> sizes() { return List.of(size, read); }
    }

    private static List<Scalar> joined(List<Scalar> a, List<Scalar> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}

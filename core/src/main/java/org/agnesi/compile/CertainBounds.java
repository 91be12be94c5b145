package org.agnesi.compile;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering.Bound;
import org.agnesi.kernel.Scalar;
import org.agnesi.kernel.Scalar.At;
import org.agnesi.kernel.Scalar.Const;
import org.agnesi.kernel.ScalarEvaluator;
import org.agnesi.kernel.Scalars;
import org.agnesi.op.Constant;
import org.agnesi.symbolic.Node;

/// Which demands on positions always hold: those on constants, along axes of known length.
///
/// A gather without demands has elements of its own, and so disappears into what reads it.
final class CertainBounds {
    /// Positions that are looked at.
    private static final int MOST = 4096;

    private CertainBounds() {}

    /// The demands that must be checked at a call.
    static List<Bound> left(Node node, List<Bound> bounds) { return bounds.stream().filter(bound -> !holds(node, bound)).toList(); }

    private static boolean holds(Node node, Bound bound) {
        if (!(bound.size() instanceof Const size)) return false;
        var reads = Scalars.inOrder(List.of(bound.index())).stream().filter(At.class::isInstance).map(At.class::cast).toList();
        if (reads.size() != 1 || !(node.arg(reads.getFirst().operand()).node().op() instanceof Constant(var positions, var _))
            || positions.size() > MOST) return false;
        for (int i = 0; i < positions.size(); i++)
            if (!(at(bound.index(), positions, i) instanceof Const(var _, var bits)) || bits < 0 || bits >= size.bits()) return false;
        return true;
    }

    /// The index where the only position read is number `i`.
    private static Scalar at(Scalar index, NDArray positions, int i) {
        return Scalars.map(index, x -> x instanceof At ? Const.element(positions, i)
            : ScalarEvaluator.folded(x));
    }
}

package org.agnesi.run;

import java.util.List;
import org.agnesi.array.NDArray;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// The last results of an op that gives the same for equal arguments, and costs far more than comparing them.
final class Memory {
    private record Last(List<NDArray> in, List<NDArray> out) {}

    private volatile @Nullable Last last;

    /// The results for these arguments; they are nobody's to write to.
    List<NDArray> results(Node node, List<NDArray> in) {
        var known = last;
        if (known != null && known.in.equals(in)) return known.out;
        var out = List.copyOf(Action.evaluated(node, in));
        last = new Last(in.stream().map(NDArray::copy).toList(), out);
        return out;
    }
}

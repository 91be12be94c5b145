package org.agnesi.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agnesi.network.Factor.Dense;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.DimShuffle;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A matrix, or a tensor of more axes, multiplied by what has fewer and is repeated along the others: rows or columns scaled.
///
/// What is behind it in a product may as well be scaled, or what comes out, if that has fewer elements.
final class Scaled {
    /// A label of an axis along which there is one element only.
    private static final int ONE = -1;

    private Scaled() {}

    static boolean isOne(Node node) {
        var type = node.types().getFirst();
        if (!node.isProduct() || type.rank() < 2 || !type.dtype().isFloating()
            || node.args().stream().anyMatch(arg -> arg.type().dtype() != type.dtype())) return false;
        var along = Collections.nCopies(type.rank(), 0);
        return node.args().stream().filter(arg -> unrepeated(arg, along).labels().size() == type.rank()).count() == 1;
    }

    /// What is multiplied, with the labels among `along` that it has.
    static List<Dense> parts(Node node, List<Integer> along) { return node.args().stream().map(arg -> unrepeated(arg, along)).toList(); }

    private static Dense unrepeated(Expr e, List<Integer> along) {
        var found = new Dense(e, along);
        for (var at = found; ; ) {
            var inner = inner(at);
            if (inner == null) return found;
            at = inner;
            if (!at.labels().contains(ONE)) found = at;
        }
    }

    private static @Nullable Dense inner(Dense t) {
        var node = t.value().node();
        int rank = t.labels().size();
        switch (node.op()) {
            case BroadcastTo _ -> {
                var x = node.arg(0);
                var own = new ArrayList<>(t.labels().subList(rank - x.type().rank(), rank));
                for (int axis = 0; axis < own.size(); axis++) if (x.type().dim(axis) == 1) own.set(axis, ONE);
                return new Dense(x, own);
            }
            case DimShuffle(var pattern) -> {
                var own = new ArrayList<>(Collections.nCopies(node.arg(0).type().rank(), ONE));
                for (int axis = 0; axis < rank; axis++)
                    if (pattern.get(axis) != DimShuffle.NEW) own.set(pattern.get(axis), t.labels().get(axis));
                return new Dense(node.arg(0), own);
            }
            default -> {
                return null;
            }
        }
    }
}

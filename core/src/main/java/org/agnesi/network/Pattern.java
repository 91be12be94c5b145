package org.agnesi.network;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.network.Factor.Dense;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Compare;
import org.agnesi.op.Constant;
import org.agnesi.op.Logical;
import org.agnesi.symbolic.Expr;
import org.jspecify.annotations.Nullable;

/// Which entries of a Jacobian can be other than zero, as a boolean expression: what its structure says, whatever the values.
///
/// Every tensor in it counts as ones; what is left are deltas and movements, whose zeros stay zeros.
public final class Pattern {
    private Pattern() {}

    /// The pattern of a Jacobian node, of its shape; all true where it cannot be taken apart.
    public static Expr of(Expr jacobian, UnaryOperator<List<Expr>> simplify) {
        var labels = new Labels();
        var reader = new Reader(labels, _ -> true);
        var network = reader.read(jacobian.node(), reader::atom);
        var found = network == null ? null : of(network, new Structure(reader, labels, simplify), labels);
        if (found != null) return found;
        var sizes = IntStream.range(0, jacobian.type().rank()).mapToObj(axis -> Labels.length(jacobian, axis)).toList();
        return sizes.isEmpty() ? Constant.constant(true) : BroadcastTo.broadcastTo(Constant.constant(true), sizes);
    }

    private static @Nullable Expr of(Network network, Structure structure, Labels labels) {
        Expr pattern = null;
        for (var term : structure.of(network.terms().getFirst())) {
            var ones = new Product(1, term.factors().stream().filter(f -> !(f instanceof Dense)).toList());
            var normal = Normal.of(ones, network.out(), DType.FLOAT64, labels);
            var order = new Order(normal, network.out(), DType.FLOAT64, labels);
            if (!order.exists()) return null;
            var entries = Compare.ne(order.value(), Constant.of(0, DType.FLOAT64));
            pattern = pattern == null ? entries : Logical.or(pattern, entries);
        }
        return pattern == null ? null : structure.finished(pattern);
    }
}

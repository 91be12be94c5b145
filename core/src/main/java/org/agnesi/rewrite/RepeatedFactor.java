package org.agnesi.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Mul;
import org.agnesi.op.Sum;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A product with a factor that is repeated along some labels, as that of what is repeated: along a label of the result that the other
/// factor lacks, the result is repeated instead; what only the other factor has left is summed before; without either there are so many
/// equal terms.
///
/// `einsum("ijk,lik->lij", A, repeat(m, l))` → `repeat(einsum("ijk,ik->ij", A, m), l)`,
/// `einsum("ijk,ijl->jkl", A, repeat(m, i))` → `einsum("jk,jl->jkl", sum(A, 0), m)`.
final class RepeatedFactor {
    private final Node node;
    private final Contract op;
    private final int operand;
    private final Node repeat;
    private final int missing;
    /// The sizes of labels along which it is repeated.
    private final Map<Integer, Expr> sizes = new HashMap<>();

    private RepeatedFactor(Node node, Contract op, int operand) {
        this.node = node;
        this.op = op;
        this.operand = operand;
        repeat = node.arg(operand).node();
        missing = repeat.args().size() - 1 - repeat.arg(0).type().rank();
        for (int axis = 0; axis < labels().size(); axis++) if (isRepeated(axis)) sizes.put(labels().get(axis), repeat.arg(axis + 1));
    }

    static @Nullable Expr once(Node node, Contract op) {
        for (int operand = 0; operand < 2; operand++) {
            if (!(node.arg(operand).node().op() instanceof BroadcastTo) || !node.arg(operand).type().dtype().isFloating()) continue;
            var factor = new RepeatedFactor(node, op, operand);
            if (!factor.sizes.isEmpty() && factor.losesNothing()) return factor.product();
        }
        return null;
    }

    private List<Integer> labels() { return operand == 0 ? op.left() : op.right(); }

    private List<Integer> others() { return operand == 0 ? op.right() : op.left(); }

    private Expr other() { return node.arg(1 - operand); }

    private boolean isRepeated(int axis) {
        return axis < missing || repeat.arg(0).type().dim(axis - missing) == 1 && node.arg(operand).type().dim(axis) != 1;
    }

    /// Whether the other factor is surely as long as this one was repeated to: nobody would see it if it was not.
    private boolean losesNothing() {
        for (int axis = 0; axis < labels().size(); axis++) {
            var label = labels().get(axis);
            int along = others().indexOf(label);
            if (!sizes.containsKey(label)) continue;
            if (labels().indexOf(label) != labels().lastIndexOf(label) || along != others().lastIndexOf(label)) return false;
            if (along >= 0 && !Lengths.isLength(repeat.arg(axis + 1), other(), along)) return false;
        }
        return true;
    }

    private Expr product() {
        var summed = others().stream().filter(label -> sizes.containsKey(label) && !op.out().contains(label)).toList();
        var axes = summed.stream().map(others()::indexOf).sorted().toList();
        var rest = axes.isEmpty() ? other() : new Sum(axes).over(other(), axes);
        var left = others().stream().filter(label -> !summed.contains(label)).toList();
        var kept = labels().stream().filter(label -> !sizes.containsKey(label)).toList();
        var out = op.out().stream().filter(label -> kept.contains(label) || left.contains(label)).toList();
        var product = operand == 0 ? Contract.contract(once(), kept, rest, left, out) : Contract.contract(rest, left, once(), kept, out);
        return repeated(times(product), out);
    }

    /// What is repeated, without the axes along which it is.
    private Expr once() {
        var axes = new ArrayList<Integer>();
        for (int axis = missing; axis < labels().size(); axis++) if (!isRepeated(axis)) axes.add(axis - missing);
        return DimShuffle.dimshuffle(repeat.arg(0), axes.stream().mapToInt(axis -> axis).toArray());
    }

    /// As many terms as there are along labels that nothing else has.
    private Expr times(Expr product) {
        for (var label : labels()) if (sizes.containsKey(label) && !others().contains(label) && !op.out().contains(label))
            product = Mul.mul(product, Cast.cast(sizes.get(label), product.type().dtype()));
        return product;
    }

    private Expr repeated(Expr product, List<Integer> out) {
        if (out.equals(op.out())) return product;
        var axes = op.out().stream().mapToInt(out::indexOf).toArray();   // -1 is a new one
        var dims = op.out().stream().map(label -> out.contains(label) ? product.length(out.indexOf(label)) : sizes.get(label)).toList();
        return BroadcastTo.broadcastTo(DimShuffle.dimshuffle(product, axes), dims);
    }
}

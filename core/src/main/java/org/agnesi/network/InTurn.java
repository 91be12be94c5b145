package org.agnesi.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agnesi.network.Planner.Effort;
import org.agnesi.network.Planner.Planned;
import org.agnesi.op.Add;
import org.agnesi.op.Contract;
import org.agnesi.op.DimShuffle;
import org.agnesi.op.Mul;
import org.agnesi.op.Neg;
import org.agnesi.op.Sub;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A vector that goes through a product of matrices in turn, as it is written: `(A + B)·(C + D)·v` is two sums of products with vectors,
/// where the sum of all products has four terms, each in an order of its own.
public final class InTurn {
    /// What saves less changes nothing.
    private static final double WORTH = 0.99;

    private final Planner planner;
    private final Function<Expr, @Nullable Network> networks;

    /// @param networks what is not computed yet; null of all else
    public InTurn(Planner planner, Function<Expr, @Nullable Network> networks) {
        this.planner = planner;
        this.networks = networks;
    }

    /// A product of a matrix that is not computed yet and a vector; null where going through in turn takes no less than the whole.
    public @Nullable Planned of(Node product) {
        if (!(product.op() instanceof Contract op) || op.out().size() != 1) return null;
        int m = product.arg(0).type().rank() == 2 ? 0 : 1;
        var vector = product.arg(1 - m);
        if (vector.type().rank() != 1 || networks.apply(vector) != null || networks.apply(product.arg(m)) == null) return null;
        int axis = labels(op, m).indexOf(labels(op, 1 - m).getFirst());
        if (axis < 0 || op.out().contains(labels(op, 1 - m).getFirst())) return null;
        var whole = whole(product.arg(m), vector, axis);
        var inTurn = whole == null ? null : inTurn(product.arg(m), vector, axis);
        return whole != null && inTurn != null && inTurn.cost() < WORTH * whole.cost() ? inTurn : null;
    }

    private static List<Integer> labels(Contract op, int operand) { return operand == 0 ? op.left() : op.right(); }

    /// The sums over an axis of a matrix times a vector, in the cheaper way.
    private @Nullable Planned product(Expr matrix, Expr vector, int axis) {
        var whole = whole(matrix, vector, axis);
        var inTurn = whole == null || networks.apply(matrix) == null ? null : inTurn(matrix, vector, axis);
        return whole != null && inTurn != null && inTurn.cost() < WORTH * whole.cost() ? inTurn : whole;
    }

    private @Nullable Planned whole(Expr matrix, Expr vector, int axis) {
        if (matrix.type().dtype() != vector.type().dtype()) return null;
        var product = Contract.contract(matrix, List.of(0, 1), vector, List.of(axis), List.of(1 - axis));
        var network = planner.read(product.node(), e -> e == vector ? planner.whole(e) : network(e));
        var planned = network == null ? null : planner.plan(network, product.type().dtype(), Effort.SWEEPS);
        return planned == null || planned.when() != null ? null : planned;
    }

    private Network network(Expr e) {
        var network = networks.apply(e);
        return network == null ? planner.atom(e) : network;
    }

    private static Planned planned(Expr value, double cost) { return new Planned("jacobian-products", value, cost, null, null); }

    /// By what the matrix is made of, where that has several terms.
    private @Nullable Planned inTurn(Expr matrix, Expr vector, int axis) {
        var node = matrix.node();
        if (network(matrix).terms().size() < 2) return null;
        return switch (node.op()) {
            case Contract op -> factors(node, op, vector, axis);
            case DimShuffle(var pattern) -> pattern.equals(List.of(1, 0)) ? product(node.arg(0), vector, 1 - axis) : null;
            case Add _ -> sum(node, vector, axis, 1);
            case Sub _ -> sum(node, vector, axis, -1);
            case Neg _ -> multiple(-1, node.arg(0), vector, axis);
            case Mul _ -> node.args().size() == 2 && !Double.isNaN(Together.number(node.arg(0)))
                ? multiple(Together.number(node.arg(0)), node.arg(1), vector, axis) : null;
            default -> null;
        };
    }

    /// First the factor that the vector meets, then the other.
    private @Nullable Planned factors(Node node, Contract op, Expr vector, int axis) {
        int met = op.out().get(axis);
        var shared = op.left().stream().filter(l -> op.right().contains(l) && !op.out().contains(l)).toList();
        int first = op.left().contains(met) ? 0 : 1, own = labels(op, first).indexOf(met);
        boolean isProduct = node.args().stream().allMatch(arg -> arg.type().rank() == 2) && shared.size() == 1
            && !labels(op, 1 - first).contains(met);
        var between = isProduct ? product(node.arg(first), vector, own) : null;
        var last = between == null ? null
            : product(node.arg(1 - first), between.value(), labels(op, 1 - first).indexOf(shared.getFirst()));
        return between == null || last == null ? null : planned(last.value(), between.cost() + last.cost());
    }

    private @Nullable Planned sum(Node node, Expr vector, int axis, double sign) {
        double cost = 0;
        var terms = new ArrayList<Expr>();
        for (var arg : node.args()) {
            var term = arg.type().equals(node.types().getFirst()) ? product(arg, vector, axis) : null;
            if (term == null) return null;
            cost += term.cost();
            terms.add(Emission.scaled(term.value(), terms.isEmpty() ? 1 : sign));
        }
        return planned(Together.sum(terms), cost);
    }

    private @Nullable Planned multiple(double scale, Expr matrix, Expr vector, int axis) {
        var planned = product(matrix, vector, axis);
        return planned == null ? null : planned(Emission.scaled(planned.value(), scale), planned.cost());
    }
}

package org.agnesi.network;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agnesi.network.Factor.Composed;
import org.agnesi.network.Factor.Dense;
import org.agnesi.network.Planner.Effort;
import org.agnesi.network.Planner.Planned;
import org.agnesi.op.Contract;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// A product of matrices that are not computed, through which vectors go as it is written: `(A + B)·(C + D)·v` is two sums of products
/// with vectors, where the sum of all products has four terms, each in an order of its own.
final class InTurn {
    /// What a vector becomes.
    private record Way(Expr vector, Expr made, double cost) {
        Expr along(Expr t) { return Graph.replace(List.of(made), Map.of(vector, t)).getFirst(); }
    }

    private final Way forward;
    private final Way backward;

    private InTurn(Way forward, Way backward) {
        this.forward = forward;
        this.backward = backward;
    }

    /// The product as one factor; null where it is none of matrices through which both go.
    ///
    /// @param known what is not computed yet; null of all else
    static @Nullable Network of(Node product, Function<Expr, @Nullable Reading> known, Planner planner, Labels labels) {
        if (!(product.op() instanceof Contract op)) return null;
        var products = new Products(product, op, known, planner, labels);
        return products.areMatrices() ? products.network() : null;
    }

    Expr along(Expr t, boolean isForward) { return (isForward ? forward : backward).along(t); }

    /// Multiplications of one vector, about.
    double cost(boolean isForward) { return (isForward ? forward : backward).cost; }

    /// The products of one of its operands with a tensor, and of the other with what that gives.
    private static final class Products {
        private final Node product;
        private final Contract op;
        private final Function<Expr, @Nullable Reading> known;
        private final Planner planner;
        private final Labels labels;

        Products(Node product, Contract op, Function<Expr, @Nullable Reading> known, Planner planner, Labels labels) {
            this.product = product;
            this.op = op;
            this.known = known;
            this.planner = planner;
            this.labels = labels;
        }

        /// Whether each operand has axes of its own, and they have others in common, which are summed.
        boolean areMatrices() {
            return !summed().isEmpty() && !own(0).isEmpty() && !own(1).isEmpty() && op.out().size() == own(0).size() + own(1).size()
                && product.args().stream().allMatch(arg -> arg.type().dtype() == product.types().getFirst().dtype());
        }

        @Nullable Network network() {
            var forward = way(1);
            var backward = forward == null ? null : way(0);
            if (forward == null || backward == null) return null;
            var y = axes(0, own(0));
            var x = axes(1, own(1));
            var both = Factor.joined(own(0), own(1));
            var out = op.out().stream().map(both::indexOf).map(Factor.joined(y, x)::get).toList();
            return new Network(List.of(Product.of(new Composed(new InTurn(forward, backward), y, x))), out);
        }

        private List<Integer> of(int operand) { return operand == 0 ? op.left() : op.right(); }
        private List<Integer> own(int operand) { return of(operand).stream().filter(l -> !of(1 - operand).contains(l)).toList(); }
        private List<Integer> summed() { return op.left().stream().filter(op.right()::contains).toList(); }

        /// New labels of as much as an operand's axes have.
        private List<Integer> axes(int operand, List<Integer> which) {
            var arg = product.arg(operand);
            var network = known.apply(arg) instanceof Reading reading ? reading.network() : planner.atom(arg);
            return which.stream().map(l -> labels.again(network.out().get(of(operand).indexOf(l)))).toList();
        }

        /// What meets one operand first.
        private @Nullable Way way(int first) {
            var type = product.arg(first).type();
            var dims = own(first).stream().map(l -> type.dim(of(first).indexOf(l))).toList();
            var vector = Variable.variable("v", type.withDims(dims));
            var between = through(first, vector, own(first), summed());
            var last = between == null ? null : through(1 - first, between.value(), summed(), own(1 - first));
            return between == null || last == null ? null : new Way(vector, last.value(), between.cost() + last.cost());
        }

        private @Nullable Planned through(int operand, Expr t, List<Integer> met, List<Integer> out) {
            var meets = Contract.contract(product.arg(operand), of(operand), t, met, out);
            var axes = axes(operand, met);
            var tensor = new Reading(new Network(List.of(Product.of(new Dense(t, axes))), axes), null);
            var reading = planner.reading(meets.node(), arg -> arg == t ? tensor : known.apply(arg));
            var planned = reading == null ? null : planner.plan(reading, meets.type().dtype(), Effort.SWEEPS);
            return planned == null || planned.when() != null ? null : planned;
        }
    }
}

package org.agnesi.derive;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.agnesi.op.BroadcastTo;
import org.agnesi.op.Cast;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Interner;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Origin;
import org.agnesi.symbolic.PrettyPrint;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// A derivative of a graph as one node: sweeps that are not made yet, so that what is done with them can be seen first.
///
/// Its own derivatives are such nodes again: nothing is swept before it must be.
public sealed interface Derivative extends Op permits Jacobian, CompressedJacobian, Pushforward, Pullback {

    /// What is derived; its params are the first args of the node.
    Lambda body();

    /// The sweeps.
    List<Expr> swept(List<Expr> in);

    @Override default boolean isTransparent() { return true; }
    @Override default Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(swept(in)); }
    @Override default List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        return List.of(k == 1 ? jets.pushed(node, k) : jets.through(node, k, () -> swept(node.args())));
    }
    @Override default List<Lambda> lambdas() { return List.of(body()); }

    /// The formula at the arguments, as a line; the body's own where they are patterns.
    default String formula(List<Expr> in) {
        var y = in.getFirst().isPattern() ? body().results().getFirst() : body().apply(in).getFirst();
        return PrettyPrint.line(y);
    }

    /// The body's results with every derivative in them swept: what a sweep can go through without asking for another.
    static List<Expr> plain(List<Expr> roots) {
        var done = new IdentityHashMap<Expr, Expr>();
        boolean found = false;
        for (var node : Graph.inOrder(roots)) {
            var mapped = node.map(done::get);
            boolean derives = mapped.op() instanceof Derivative;
            found |= derives;
            var results = mapped.op() instanceof Derivative derivative ? derivative.swept(mapped.args()) : mapped.results();
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), results.get(k));
        }
        return found ? merged(roots.stream().map(done::get).toList()) : roots;
    }

    /// The same, equal computations one: what several sweeps go through has one cotangent then, not one from each.
    private static List<Expr> merged(List<Expr> roots) {
        var interner = new Interner();
        var done = new IdentityHashMap<Expr, Expr>();
        for (var node : Graph.inOrder(roots)) {
            var first = interner.first(Origin.inherit(node.origin(), () -> node.map(done::get)));
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), first.result(k));
        }
        return roots.stream().map(done::get).toList();
    }

    /// What a lambda's params stand for at `args`.
    static Map<Expr, Expr> bound(Lambda body, List<Expr> args) {
        var bound = new IdentityHashMap<Expr, Expr>();
        for (int i = 0; i < body.params().size(); i++) bound.put(body.params().get(i), args.get(i));
        return bound;
    }

    /// `op` as a lambda, one of its results at a time.
    static Lambda lambda(Op op, List<Expr> in, int result) {
        var params = in.stream().map(e -> Variable.variable(e.name() == null ? "p" : e.name(), e.type())).toList();
        var y = Expr.all(op, params).get(result);
        return new Lambda(params, List.of(y));
    }

    /// The numbers below `n`, those of `first` in front.
    static List<Integer> order(int n, List<Integer> first) {
        var order = new ArrayList<>(first);
        IntStream.range(0, n).filter(i -> !first.contains(i)).forEach(order::add);
        return order;
    }

    /// A variable for a tangent or a cotangent of `e`.
    static Expr seed(Expr e) { return Variable.variable("seed", e.type().with(e.type().dtype().floating())); }

    /// `v` in the dtype of a derivative with respect to `x`.
    static Expr fit(Expr v, Expr x) { return Cast.cast(v, x.type().dtype().floating()); }

    /// A sweep's result of the size that is known of it, though a cotangent or a tangent be of unknown size.
    static Expr sized(Expr swept, TensorType wanted, Supplier<List<Expr>> lengths) {
        return swept.type().refines(swept.type().withDims(wanted.dims())) ? swept : BroadcastTo.broadcastTo(swept, lengths.get());
    }
}

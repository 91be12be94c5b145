package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.error.TypeError;
import org.agnesi.op.Add;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `gᵀ · ∂y/∂xᵢ` for several inputs at once: a vector times a Jacobian, as a node; one reverse sweep when it is swept.
///
/// Args are what the body takes, then the cotangent; results are one cotangent for each of the first `wrt` params.
///
/// @param body `(x₁ … x_wrt, captures…) ↦ y`
public record Pullback(Lambda body, int wrt) implements Derivative {

    /// The cotangents of the params `wanted` when `g` is that of `body`'s result at `args`.
    public static List<Expr> pullback(Lambda body, List<Expr> args, List<Integer> wanted, Expr g) {
        if (wanted.isEmpty()) return List.of();
        var order = Derivative.order(args.size(), wanted);
        var in = new ArrayList<>(order.stream().map(args::get).toList());
        in.add(Derivative.fit(g, body.results().getFirst()));
        return Expr.all(new Pullback(new Lambda(order.stream().map(body.params()::get).toList(), body.results()), wanted.size()), in);
    }

    private Expr y() { return body.results().getFirst(); }
    private int count() { return body.params().size(); }
    private List<Expr> at(List<Expr> in) { return in.subList(0, count()); }

    @Override public List<TensorType> infer(List<Expr> in) {
        var g = in.getLast();
        if (g.type().rank() != y().type().rank()) throw new TypeError("""
            a pullback needs a cotangent of the shape of its result, but got %s of type %s for %s of type %s
            Give it as many dimensions.""".formatted(g, g.type(), y(), y().type()));
        return in.subList(0, wrt).stream().map(x -> x.type().with(x.type().dtype().floating())).toList();
    }

    @Override public List<Expr> swept(List<Expr> in) {
        var y = Derivative.plain(body.results());
        var seed = Derivative.seed(y());
        var xs = body.params().subList(0, wrt);
        var found = Pull.pull(y, List.of(seed), xs);
        var bound = Derivative.bound(body, at(in));
        bound.put(seed, in.getLast());
        var swept = Graph.replace(IntStream.range(0, wrt).mapToObj(i -> {
            var dx = found.get(i);
            return dx == null ? Connection.zeros(xs.get(i)) : dx;
        }).toList(), bound);
        return IntStream.range(0, wrt).mapToObj(i -> Derivative.sized(swept.get(i), in.get(i).type(), in.get(i)::lengths)).toList();
    }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var variables = new ArrayList<>(body.params());
        variables.add(Derivative.seed(y()));
        return Graph.eval(swept(variables), Sweeps.values(variables, in));
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        return in.subList(0, wrt).stream().<List<@Nullable Expr>>map(x -> new ArrayList<>(x.lengths())).toList();
    }

    /// Linear in the cotangent; in the rest, the derivative of this as a function.
    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> d) {
        var g = d.getLast();
        var linear = g == null ? List.<Expr>of() : pullback(body, at(in), IntStream.range(0, wrt).boxed().toList(), g);
        var moved = IntStream.range(0, count()).filter(i -> d.get(i) != null).boxed().toList();
        var dx = Sweeps.present(moved.stream().map(d::get).toList());
        var all = new ArrayList<@Nullable Expr>();
        var ofMatrix = y().node().op() instanceof Jacobian && !moved.isEmpty() ? ofMatrix(in, moved, dx) : null;
        for (int r = 0; r < wrt; r++) {
            var curved = ofMatrix != null ? ofMatrix.get(r) : moved.isEmpty() ? null
                : Pushforward.pushforward(Derivative.lambda(this, in, r), in, moved, dx);
            all.add(linear.isEmpty() ? curved : curved == null ? linear.get(r) : Add.add(linear.get(r), curved));
        }
        return all;
    }

    /// How a product with the derivative of a Jacobian changes: to one of another's, and what the cotangent is made of is seen.
    private @Nullable List<Expr> ofMatrix(List<Expr> in, List<Integer> moved, List<Expr> dx) {
        var seeds = moved.stream().map(i -> Derivative.seed(body.params().get(i))).toList();
        var changed = Push.push(body.results(), moved.stream().map(body.params()::get).toList(), seeds).getFirst();
        if (changed == null) return null;
        var args = new ArrayList<>(at(in));
        for (int k = 0; k < dx.size(); k++) args.add(Derivative.fit(dx.get(k), in.get(moved.get(k))));
        return pullback(new Lambda(Sweeps.joined(body.params(), seeds), List.of(changed)), args,
            IntStream.range(0, wrt).boxed().toList(), in.getLast());
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> h, IntPredicate wanted) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        var arrived = IntStream.range(0, wrt).filter(r -> h.get(r) != null).boxed().toList();
        var hs = Sweeps.present(arrived.stream().map(h::get).toList());
        if (wanted.test(count()) && !arrived.isEmpty()) all.set(count(), Pushforward.pushforward(body, at(in), arrived, hs));
        var others = IntStream.range(0, count()).filter(wanted).boxed().toList();
        for (int k = 0; k < hs.size(); k++) {
            var back = pullback(Derivative.lambda(this, in, arrived.get(k)), in, others, hs.get(k));
            for (int j = 0; j < others.size(); j++) {
                var sofar = all.get(others.get(j));
                all.set(others.get(j), sofar == null ? back.get(j) : Add.add(sofar, back.get(j)));
            }
        }
        return all;
    }

    /// Leibniz' rule, `Σ C(k, i) g⁽ᵏ⁻ⁱ⁾ᵀ · J⁽ⁱ⁾`, each term a node again.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        var wanted = IntStream.range(0, wrt).boxed().toList();
        return List.of(Along.products(body, jets, at(node.args()), k, wrt, (along, order) -> {
            var g = jets.at(node.args().getLast(), order);
            return g == null || wanted.stream().noneMatch(along::reads) ? null : pullback(along.lambda(), along.args(), wanted, g);
        }));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a pullback pushes and pulls all inputs at once");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return i == count() || Pull.isConnected(body.results(), body.params().get(i));
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) { return isConnected(in, out, i); }

    @Override public Op withLambdas(List<Lambda> lambdas) { return new Pullback(lambdas.getFirst(), wrt); }
    @Override public String name() { return "pullback"; }
    @Override public Symbol symbol() { return Symbol.call("lop"); }

    /// `lop(sin(x), x, u)`: the formula at the argument.
    @Override public Symbol symbol(List<Expr> in) {
        return wrt == 1 ? Symbol.template("lop(" + formula(in) + ", $0, $" + count() + ")") : symbol();
    }
}

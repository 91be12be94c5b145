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
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Push;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `Σ ∂y/∂xᵢ · dxᵢ`: a Jacobian times a vector, as a node; one forward sweep when it is swept.
///
/// Args are what the body takes, then one tangent for each of its first `wrt` params.
///
/// @param body `(x₁ … x_wrt, captures…) ↦ y`
public record Pushforward(Lambda body, int wrt) implements Derivative, OpN {

    /// The tangent of `body`'s result at `args` when the params `moved` move along `dx`.
    public static Expr pushforward(Lambda body, List<Expr> args, List<Integer> moved, List<Expr> dx) {
        var order = Derivative.order(args.size(), moved);
        var in = new ArrayList<>(order.stream().map(args::get).toList());
        for (int i = 0; i < dx.size(); i++) in.add(Derivative.fit(dx.get(i), args.get(moved.get(i))));
        return Expr.of(new Pushforward(new Lambda(order.stream().map(body.params()::get).toList(), body.results()), moved.size()), in);
    }

    private Expr y() { return body.results().getFirst(); }
    private int count() { return body.params().size(); }
    private List<Expr> at(List<Expr> in) { return in.subList(0, count()); }

    @Override public TensorType type(List<Expr> in) {
        for (int i = 0; i < wrt; i++) {
            var dx = in.get(count() + i);
            if (dx.type().rank() != in.get(i).type().rank()) throw new TypeError("""
                a pushforward needs a tangent of the shape of its input, but got %s of type %s for %s of type %s
                Give the direction as many dimensions.""".formatted(dx, dx.type(), in.get(i), in.get(i).type()));
        }
        return y().type().with(y().type().dtype().floating());
    }

    @Override public List<Expr> swept(List<Expr> in) {
        var y = Derivative.plain(body.results());
        var seeds = body.params().subList(0, wrt).stream().map(Derivative::seed).toList();
        var dy = Push.push(y, body.params().subList(0, wrt), seeds).getFirst();
        var bound = Derivative.bound(body, at(in));
        for (int i = 0; i < wrt; i++) bound.put(seeds.get(i), in.get(count() + i));
        var swept = Graph.replace(List.of(dy == null ? Connection.zeros(y.getFirst()) : dy), bound).getFirst();
        return List.of(Derivative.sized(swept, y().type(), () -> Graph.replace(y().lengths(), bound)));
    }

    @Override public NDArray value(List<NDArray> in) {
        var variables = new ArrayList<>(body.params());
        for (int i = 0; i < wrt; i++) variables.add(Derivative.seed(body.params().get(i)));
        return Graph.eval(swept(variables).getFirst(), Sweeps.values(variables, in));
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        return new ArrayList<>(Graph.replace(y().lengths(), Derivative.bound(body, in)));
    }

    /// Linear in the tangents; in the rest, the derivative of this as a function.
    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> d) {
        var parts = new ArrayList<Expr>();
        var moved = IntStream.range(0, wrt).filter(i -> d.get(count() + i) != null).boxed().toList();
        if (!moved.isEmpty())
            parts.add(pushforward(body, at(in), moved, Sweeps.present(moved.stream().map(i -> d.get(count() + i)).toList())));
        var others = IntStream.range(0, count()).filter(i -> d.get(i) != null).boxed().toList();
        if (!others.isEmpty())
            parts.add(pushforward(Derivative.lambda(this, in, 0), in, others, Sweeps.present(others.stream().map(d::get).toList())));
        return Collections.singletonList(parts.stream().reduce(Add::add).orElse(null));
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        var cotangent = g.getFirst();
        if (cotangent == null) return all;
        var tangents = IntStream.range(0, wrt).filter(i -> wanted.test(count() + i)).boxed().toList();
        Sweeps.fill(all, tangents, count(), Pullback.pullback(body, at(in), tangents, cotangent));
        var others = IntStream.range(0, count()).filter(wanted).boxed().toList();
        Sweeps.fill(all, others, 0, Pullback.pullback(Derivative.lambda(this, in, 0), in, others, cotangent));
        return all;
    }

    /// Leibniz' rule, `Σ C(k, i) J⁽ⁱ⁾ · dx⁽ᵏ⁻ⁱ⁾`, each term a node again.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        return List.of(Along.products(body, jets, at(node.args()), k, 1, (along, order) -> {
            var moved = IntStream.range(0, wrt).filter(i -> jets.at(node.arg(count() + i), order) != null && along.reads(i))
                .boxed().toList();
            return moved.isEmpty() ? null : List.of(pushforward(along.lambda(), along.args(), moved,
                Sweeps.present(moved.stream().map(i -> jets.at(node.arg(count() + i), order)).toList())));
        }));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a pushforward pushes and pulls all inputs at once");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return Pull.isConnected(body.results(), body.params().get(i < count() ? i : i - count()));
    }

    @Override public Op withLambdas(List<Lambda> lambdas) { return new Pushforward(lambdas.getFirst(), wrt); }
    @Override public Symbol symbol() { return Symbol.call("rop"); }

    /// `rop(sin(x), x, v)`: the formula at the argument.
    @Override public Symbol symbol(List<Expr> in) {
        return wrt == 1 ? Symbol.template("rop(" + formula(in) + ", $0, $" + count() + ")") : symbol();
    }
}

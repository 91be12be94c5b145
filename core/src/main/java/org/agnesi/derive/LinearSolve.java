package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.op.Neg;
import org.agnesi.op.Scan;
import org.agnesi.op.Sub;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Batch;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The `v` with `A(c…) v = b`, for a linear map that is given by its products alone: no matrix is made.
///
/// Args are `b` and what the product captures. As for [org.agnesi.op.Solve]: `A dv = db − dA v`, and back `b̄ = A⁻ᵀ g`,
/// `c̄ = −(∂(A v)/∂c)ᵀ b̄`. Found by conjugate gradients, see [ConjugateGradients].
///
/// @param product   `(v, c…) ↦ A v`
/// @param symmetric whether A is its own transpose, and positive definite
/// @param failure   what the error says where products do not lead there
public record LinearSolve(Lambda product, boolean symmetric, String failure) implements OpN {
    private Expr v() { return product.params().getFirst(); }

    private List<Expr> at(Expr v, List<Expr> in) {
        var at = new ArrayList<>(in);
        at.set(0, v);
        return at;
    }

    Expr times(Expr v, List<Expr> in) { return product.apply(at(v, in)).getFirst(); }

    /// The same for `Aᵀ`; the point does not matter to a linear map.
    LinearSolve transposed() {
        if (symmetric) return this;
        var params = new ArrayList<>(product.params());
        var u = Variable.variable("u", v().type());
        var back = Pullback.pullback(product, at(Connection.zeros(u), params), List.of(0), u).getFirst();
        params.set(0, u);
        return new LinearSolve(new Lambda(params, List.of(back)), false, failure);
    }

    @Override public TensorType type(List<Expr> in) { return v().type(); }
    @Override public List<@Nullable Expr> outputShape(List<Expr> in) { return List.copyOf(in.getFirst().lengths()); }

    @Override public Optional<List<Expr>> expand(List<Expr> in) { return Optional.of(List.of(new ConjugateGradients(this, in).solved())); }

    @Override public NDArray value(List<NDArray> in) {
        return Graph.eval(new ConjugateGradients(this, product.params()).solved(), Sweeps.values(product.params(), in));
    }

    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> dx) {
        var right = dx.getFirst();
        var moved = IntStream.range(1, in.size()).filter(i -> dx.get(i) != null).boxed().toList();
        if (!moved.isEmpty()) {
            var tangents = Sweeps.present(moved.stream().map(dx::get).toList());
            var moves = Pushforward.pushforward(product, at(out.getFirst(), in), moved, tangents);
            right = right == null ? Neg.neg(moves) : Sub.sub(right, moves);
        }
        return Collections.singletonList(right == null ? null : Expr.of(this, at(right, in)));
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(in.size(), null));
        var cotangent = g.getFirst();
        if (cotangent == null) return all;
        var back = Expr.of(transposed(), at(cotangent, in));
        all.set(0, back);
        var asked = IntStream.range(1, in.size()).filter(i -> wanted.test(i) && isConnected(in, out, i)).boxed().toList();
        Sweeps.fill(all, asked, 0, Pullback.pullback(product, at(out.getFirst(), in), asked, Neg.neg(back)));
        return all;
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("the derivatives of equations are joint: pushAll and pullAll");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return i == 0 || Pull.isConnected(product.results(), product.params().get(i));
    }

    @Override public Optional<List<Expr>> batch(Batch b) {
        return Optional.of(Scan.overBatch(Expr.of(this, product.params()).node(), b));
    }

    @Override public List<Lambda> lambdas() { return List.of(product); }
    @Override public String name() { return "linearSolve"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }
}

package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// The entries of a Jacobian that can be other than zero, as a node: values, columns, row pointers, rows, and the number of sweeps.
///
/// Args are as of [Jacobian]; it becomes [CompressedSweeps] once its formula is simplified.
///
/// @param body      `(x, captures…) ↦ y`
/// @param symmetric whether it is the Jacobian of a gradient, equal to its transpose
public record CompressedJacobian(Lambda body, boolean symmetric) implements Derivative {
    private static final int RESULTS = 5;

    private Expr y() { return body.results().getFirst(); }

    @Override public List<TensorType> infer(List<Expr> in) {
        var whole = TensorType.unknown(DType.INT32, 1);
        return List.of(TensorType.unknown(y().type().dtype().floating(), 1), whole, whole, whole, TensorType.scalar(DType.INT64));
    }

    @Override public List<Expr> swept(List<Expr> in) {
        var sweeps = new CompressedSweeps(body, in, symmetric);
        var compression = sweeps.compression(symmetric, name(in));
        var pattern = sweeps.pattern();
        if (!Sweeps.isLinear(body)) return List.of(sweeps.taken(Sweeps.jacobian(body, in, false)),
            pattern.get(1), pattern.get(0), pattern.get(2), sweeps.rows());
        return List.of(sweeps.values(compression, symmetric), pattern.get(1), pattern.get(0), pattern.get(2),
            CompressedSweeps.sweeps(compression));
    }

    private String name(List<Expr> in) { return (symmetric ? "hessian" : "jacobian") + "(" + formula(in) + ", " + in.getFirst() + ")"; }

    /// The whole Jacobian, of which the entries of the pattern are taken.
    @Override public List<NDArray> eval(List<NDArray> in) {
        var variables = body.params().stream().map(p -> Variable.variable("p", p.type())).toList();
        var swept = swept(variables);
        var known = Graph.eval(swept.subList(1, RESULTS), Sweeps.values(variables, in));
        var whole = new Jacobian(body, symmetric).value(in);
        int n = in.getFirst().size();
        var values = NDArray.zeros(whole.dtype(), known.getFirst().size());
        for (int p = 0; p < values.size(); p++)
            values.setDoubleAt(p, whole.doubleAt((int) (known.get(2).longAt(p) * n + known.get(0).longAt(p))));
        var all = new ArrayList<>(List.of(values));
        all.addAll(known);
        return all;
    }

    @Override public List<List<@Nullable Expr>> outputShapes(List<Expr> in) {
        var one = Collections.<@Nullable Expr>singletonList(null);
        return List.of(one, one, one, one, List.of());
    }

    /// How the values change: as a function of the arguments, whose pattern stays.
    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> d) {
        var moved = IntStream.range(0, in.size()).filter(i -> d.get(i) != null).boxed().toList();
        var all = new ArrayList<@Nullable Expr>(Collections.nCopies(RESULTS, null));
        if (!moved.isEmpty()) all.set(0, Pushforward.pushforward(Derivative.lambda(this, in, 0), in, moved,
            Sweeps.present(moved.stream().map(d::get).toList())));
        return all;
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        return Sweeps.pulled(this, in, g.getFirst(), wanted);
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a sparse Jacobian pushes and pulls all inputs at once");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return Pull.isConnected(body.results(), body.params().get(i));
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i, int r) { return r == 0 && isConnected(in, out, i); }

    @Override public Op withLambdas(List<Lambda> lambdas) { return new CompressedJacobian(lambdas.getFirst(), symmetric); }
    @Override public String name() { return symmetric ? "hessianSparse" : "jacobianSparse"; }
    @Override public Symbol symbol() { return Symbol.call(name()); }

    /// `jacobianSparse(sin(x), x)`: the formula at the argument.
    @Override public Symbol symbol(List<Expr> in) { return Symbol.template(name() + "(" + formula(in) + ", $0)"); }
}

package org.agnesi.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.Required;
import org.agnesi.error.TypeError;
import org.agnesi.op.Cast;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Jets;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.OpN;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.Pull;
import org.agnesi.symbolic.Symbol;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `J[i…, j…] = ∂y[i…] / ∂x[j…]`, of y's shape followed by x's: a node, so that what is done with it can be seen before it is built.
///
/// Args are `x` and what the body captures. What no rewrite turns into a product becomes batched sweeps, [Sweeps].
///
/// @param body      `(x, captures…) ↦ y`
/// @param symmetric whether it is the Jacobian of a gradient, equal to its transpose
public record Jacobian(Lambda body, boolean symmetric) implements Derivative, OpN {

    /// The Jacobian of `y` with respect to `x`, cut at `x` even where `x` is itself computed.
    ///
    /// @throws org.agnesi.error.DisconnectedInputError if `y` does not depend on `x`
    public static Expr jacobian(Expr y, Expr x) {
        Required.argument("jacobian", y);
        return of(y, Required.of("jacobian", "what to derive by", x), false, GradOption.Handling.RAISE);
    }

    /// The Jacobians with respect to several inputs, in their order.
    public static List<Expr> jacobian(Expr y, List<? extends Expr> xs) {
        return Required.<Expr>all("jacobian", "what to derive by", xs).stream().map(x -> jacobian(y, x)).toList();
    }

    /// `H[i…, j…] = ∂²cost / ∂x[i…] ∂x[j…]`.
    ///
    /// @throws TypeError if the cost is no scalar
    public static Expr hessian(Expr cost, Expr x) {
        checkScalar("hessian", cost);
        return of(Gradient.grad(cost, x), x, isSymmetric(cost), GradOption.Handling.IGNORE);
    }

    /// All blocks of the Hessian: row `i`, column `k` is `∂²cost / ∂xᵢ ∂xₖ`.
    public static List<List<Expr>> hessian(Expr cost, List<? extends Expr> xs) {
        checkScalar("hessian", cost);
        var gradients = Gradient.grad(cost, xs);
        boolean symmetric = isSymmetric(cost);
        var rows = new ArrayList<List<Expr>>();
        for (int i = 0; i < xs.size(); i++) {
            var g = gradients.get(i);
            int row = i;
            rows.add(IntStream.range(0, xs.size())
                .mapToObj(k -> of(g, xs.get(k), symmetric && k == row, GradOption.Handling.IGNORE)).toList());
        }
        return List.copyOf(rows);
    }

    /// Whether derivatives go the same both ways: no surrogate is on them.
    static boolean isSymmetric(Expr cost) { return !Graph.hasOp(List.of(cost), Op::isSurrogate); }

    static void checkScalar(String what, Expr cost) {
        if (Required.of(what, "a cost", cost).type().rank() != 0) throw new TypeError("""
            %s needs a scalar cost, but got %s
            Sum it first, or ask for jacobian(grad(cost, x), x).""".formatted(what, Described.typed(cost)));
    }

    private static Expr of(Expr y, Expr x, boolean symmetric, GradOption.Handling handling) {
        if (!Pull.isConnected(List.of(y), x)) {
            var _ = Connection.zeros("jacobian", List.of(y), x, x, handling);
            return Sweeps.zeros(y, x);
        }
        var closure = closed(y, x);
        return Expr.of(new Jacobian(closure.lambda(), symmetric), closure.captured());
    }

    /// `y` as a function of `x` and of what it captures, cut at `x`, and these as arguments.
    static Lambda.Closure closed(Expr y, Expr x) {
        var param = Variable.variable(x.name() == null ? "x" : x.name(), x.type());
        var closure = Lambda.close(List.of(param), Graph.replace(List.of(y), Map.of(x, param)));
        var args = new ArrayList<Expr>(List.of(x));
        args.addAll(closure.captured());
        return new Lambda.Closure(closure.lambda(), args);
    }

    /// Whether its products are sweeps.
    public boolean isSwept() { return Sweeps.isLinear(body); }

    public Expr x() { return body.params().getFirst(); }
    public Expr y() { return body.results().getFirst(); }

    @Override public TensorType type(List<Expr> in) {
        var dims = new ArrayList<>(y().type().dims());
        dims.addAll(in.getFirst().type().dims());
        return new TensorType(y().type().dtype().floating(), dims);
    }

    /// Row by row, from one-hot cotangents: slow and obvious.
    @Override public NDArray value(List<NDArray> in) {
        var g = Variable.variable("g", y().type().with(y().type().dtype().floating()));
        var row = Pull.pull(Derivative.plain(body.results()), List.of(g), List.of(x())).getFirst();
        var at = Sweeps.values(body.params(), in);
        var y = Graph.eval(y(), at).shape();
        var x = in.getFirst().shape();
        var shape = Shape.of(IntStream.concat(IntStream.of(y.dims()), IntStream.of(x.dims())).toArray());
        var jacobian = NDArray.zeros(g.type().dtype(), shape);
        for (int i = 0; row != null && i < y.size(); i++) {
            var seed = NDArray.zeros(g.type().dtype(), y);
            seed.setDoubleAt(i, 1);
            at.put(g, seed);
            var values = Graph.eval(row, at);
            for (int j = 0; j < x.size(); j++) jacobian.setDoubleAt(i * x.size() + j, values.doubleAt(j));
        }
        return jacobian;
    }

    @Override public List<Expr> swept(List<Expr> in) {
        var built = isSwept() ? fewest(in) : Sweeps.jacobian(body, in, symmetric);
        return List.of(Cast.cast(built, type(in).dtype()));   // a pull has the dtype of x
    }

    private Expr fewest(List<Expr> in) {
        var compressed = new CompressedSweeps(body, in, symmetric);
        return compressed.pays(symmetric) ? compressed.dense(symmetric) : Sweeps.jacobian(body, in, symmetric);
    }

    /// `J·v` as a node; `v` has the shape of x.
    public Expr times(List<Expr> in, Expr v) { return Pushforward.pushforward(body, in, List.of(0), List.of(v)); }

    /// `uᵀ·J` as a node; `u` has the shape of y.
    public Expr timesFromLeft(List<Expr> in, Expr u) {
        return symmetric ? times(in, u) : Cast.cast(Pullback.pullback(body, in, List.of(0), u).getFirst(), type(in).dtype());
    }

    /// How the matrix changes: the Jacobian of how `y` changes, since the order of derivatives does not matter.
    @Override public List<@Nullable Expr> pushAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> d) {
        var moved = IntStream.range(0, in.size()).filter(i -> d.get(i) != null).boxed().toList();
        if (moved.isEmpty()) return Collections.singletonList(null);
        var params = body.params();
        var tangents = moved.stream().map(i -> Derivative.seed(params.get(i))).toList();
        var all = new ArrayList<>(params);
        all.addAll(tangents);
        var args = new ArrayList<>(in);
        for (int i : moved) args.add(Derivative.fit(Sweeps.present(List.of(i).stream().map(d::get).toList()).getFirst(), in.get(i)));
        var changed = new Lambda(all, List.of(Pushforward.pushforward(body, params, moved, tangents)));
        return Collections.singletonList(Expr.of(new Jacobian(changed, symmetric), args));
    }

    /// `dᵏ/dtᵏ J(x(t))`: the Jacobian of the derivative of order `k` of y along the curve, as a node too.
    @Override public List<List<@Nullable Expr>> jet(Jets jets, Node node, int k, int most) {
        if (k == 1) return List.of(jets.pushed(node, k));
        var along = Along.of(body, jets, node.args(), k);
        return List.of(Collections.singletonList(along == null || !along.reads(0) ? null
            : Expr.of(new Jacobian(along.lambda(), symmetric), along.args())));
    }

    @Override public List<@Nullable Expr> pullAll(List<Expr> in, List<Expr> out, List<@Nullable Expr> g, IntPredicate wanted) {
        return Sweeps.pulled(this, in, g.getFirst(), wanted);
    }

    @Override public List<Partial> partials(List<Expr> in, Expr out) {
        throw new UnsupportedOperationException("a Jacobian pushes and pulls all inputs at once");
    }

    @Override public boolean isConnected(List<Expr> in, List<Expr> out, int i) {
        return Pull.isConnected(body.results(), body.params().get(i));
    }

    @Override public List<@Nullable Expr> outputShape(List<Expr> in) {
        var dims = new ArrayList<@Nullable Expr>(Graph.replace(y().lengths(), Derivative.bound(body, in)));
        dims.addAll(in.getFirst().lengths());
        return dims;
    }

    /// `The Jacobian of tanh(A \dot x) (3,) in x (4,) has shape (3, 4).`
    @Override public String shapeNote(List<Expr> in, List<Integer> dims) {
        var y = body.apply(in).getFirst();
        var x = in.getFirst();
        if (dims.contains(TensorType.UNKNOWN))
            return "The Jacobian of %s in %s has the shape of the one, then that of the other.".formatted(y, x);
        int rank = y.type().rank();
        int[] all = dims.stream().mapToInt(size -> size).toArray();
        var ofY = Shape.of(Arrays.copyOf(all, rank));
        var ofX = Shape.of(Arrays.copyOfRange(all, rank, all.length));
        return symmetric ? "The Hessian in %s %s has shape %s.".formatted(x, ofX, Shape.of(all))
            : "The Jacobian of %s %s in %s %s has shape %s.".formatted(y, ofY, x, ofX, Shape.of(all));
    }

    @Override public Op withLambdas(List<Lambda> lambdas) { return new Jacobian(lambdas.getFirst(), symmetric); }
    @Override public Symbol symbol() { return Symbol.call("jacobian"); }

    /// `jacobian(sin(x), x)`: the formula at the argument.
    @Override public Symbol symbol(List<Expr> in) { return Symbol.template("jacobian(" + formula(in) + ", $0)"); }
}

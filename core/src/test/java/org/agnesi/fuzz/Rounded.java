package org.agnesi.fuzz;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.kernel.Lowering;
import org.agnesi.kernel.Operand;
import org.agnesi.op.LoopGradient;
import org.agnesi.op.Scan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Lambda;
import org.agnesi.symbolic.Node;
import org.agnesi.symbolic.Op;
import org.agnesi.symbolic.Op1;
import org.agnesi.symbolic.Partial;
import org.agnesi.symbolic.TensorType;
import org.jspecify.annotations.Nullable;

/// `x` rounded some hundred times as coarsely as its dtype is, another way each time; derivatives that come by are too.
record Rounded(Random random) implements Op1 {

    /// An op that rounds whatever the graphs it holds compute; itself where it holds none, or keeps those it has.
    Op inside(Op op) {
        if (op instanceof LoopGradient(var scan, var given, var lasts, var masked, var wanted, var chosen) && inside(scan) instanceof Scan loop)
            return new LoopGradient(loop, given, lasts, masked, wanted, chosen);
        return op.lambdas().isEmpty() ? op : op.withLambdas(op.lambdas().stream().map(this::inside).toList());
    }

    private Lambda inside(Lambda body) {
        var done = new IdentityHashMap<Expr, Expr>();
        for (var node : Graph.inOrder(body.results())) {
            var results = node.args().isEmpty() ? node.results() : applied(node, node.args().stream().map(done::get).toList());
            for (int k = 0; k < node.size(); k++) done.put(node.result(k), results.get(k));
        }
        return new Lambda(body.params(), body.results().stream().map(done::get).toList());
    }

    private List<Expr> applied(Node node, List<Expr> args) {
        var op = inside(node.op());
        var results = op.equals(node.op()) ? node.with(args).results() : Expr.all(op, args);
        if (isExact(node)) return results;
        var rounded = new ArrayList<Expr>();
        for (var result : results) rounded.add(result.type().dtype().isFloating() ? of(result) : result);
        return rounded;
    }

    /// Whether nothing is rounded: elements are only moved, as a power's exponent is that is made to fit its base.
    static boolean isExact(Node node) {
        var lowering = node.lowering();
        return node.args().isEmpty() || lowering instanceof Lowering.View || lowering instanceof Lowering.Reshape
            || lowering instanceof Lowering.Piecewise;
    }

    private Expr of(Expr x) { return Expr.of(this, List.of(x)); }

    /// The same as coarsely as `dtype` would.
    NDArray as(DType dtype, NDArray x) {
        if (!x.dtype().isFloating()) return x;
        double by = dtype == DType.FLOAT32 || x.dtype() == DType.FLOAT32 ? 2e-5 : 1e-13;
        return NDArray.generateDoubles(x.dtype(), x.shape(), i -> x.doubleAt(i) * (1 + by * (2 * random.nextDouble() - 1)));
    }

    @Override public NDArray eval(NDArray x) { return as(x.dtype(), x); }
    @Override public TensorType infer(Expr x) { return x.type(); }
    @Override public List<@Nullable Expr> outputShape(Expr x) { return List.copyOf(x.lengths()); }
    @Override public Partial partial(Expr x, Expr y) { return Partial.symmetric(this::of); }
    @Override public Optional<Expr> batch(Expr x) { return Optional.of(of(x)); }
    @Override public Lowering lower(Operand x, Operand y) { return new Lowering.Pointwise(x.here()); }
    @Override public boolean isPointwise() { return true; }
}

package org.agnesi.bench;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.logSoftmax;
import static org.agnesi.Tensors.logsumexp;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.sigmoid;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.softmax;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sub;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.bench.Table.FORMULAS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Work.Formula;
import org.agnesi.symbolic.Expr;

/// What sides are compared on: names and inputs are those of `bench/peers`.
final class Works {
    private static final int BATCH = 60, PIXELS = 784, HIDDEN = 500, DIGITS = 10, STEPS = 1000;

    /// How many sizes of each work: one small, those that matter most, all.
    enum Extent { QUICK, SHORT, FULL }

    private static final int[] NONE = {};

    private final Floats floats;
    private final Extent extent;
    private final List<Work> works = new ArrayList<>();

    private Works(DType dtype, Extent extent) {
        floats = new Floats(dtype);
        this.extent = extent;
    }

    static List<Work> all(DType dtype, Extent extent) {
        var all = new Works(dtype, extent);
        if (dtype == DType.FLOAT64) all.works.addAll(calls());
        all.add(all::vectors, sizes(1000), sizes(1000, 4_000_000), sizes(10, 1000, 100_000, 4_000_000));
        all.works.add(all.rosenbrock(1000));
        all.add(all::rows, sizes(256), sizes(1024), sizes(1024));
        all.add(all::gemm, sizes(256), sizes(64, 512, 2048), sizes(32, 64, 128, 256, 512, 1024, 2048));
        all.works.addAll(List.of(all.gemv(1000), all.network(), all.regression()));
        all.add(all::recurrent, sizes(16), sizes(128), sizes(16, 128));
        all.add(n -> new Products(all.floats, n).products(), sizes(100), sizes(400), sizes(100, 400, 2000));
        all.add(n -> new Products(all.floats, n).matrices(), sizes(100), sizes(400), sizes(100, 400, 2000));
        all.add(n -> new Products(all.floats, n).sparse(), sizes(1000), NONE, sizes(1000, 10_000, 100_000));
        return all.works;
    }

    /// Those whose beginnings are measured, vectors and matrices of a million elements.
    static List<Work> beginnings() {
        var all = new Works(DType.FLOAT64, Extent.SHORT);
        all.works.addAll(calls());
        all.works.addAll(all.vectors(1_000_000));
        all.works.add(all.rosenbrock(1000));
        all.works.addAll(all.rows(1024));
        all.works.addAll(all.gemm(512));
        all.works.addAll(List.of(all.gemv(1000), all.network(), all.regression()));
        all.works.addAll(all.recurrent(128));
        var products = new Products(all.floats, 400);
        all.works.addAll(products.products());
        all.works.addAll(products.matrices());
        all.works.addAll(new Products(all.floats, 1000).sparse());
        return all.works;
    }

    private static int[] sizes(int... sizes) { return sizes; }

    private void add(IntFunction<List<Work>> make, int[] quick, int[] some, int[] all) {
        int[] chosen = switch (extent) {
            case QUICK -> quick;
            case SHORT -> some;
            case FULL -> all;
        };
        for (int n : chosen) works.addAll(make.apply(n));
    }

    private static List<Work> calls() {
        var x = dscalar("x");
        return List.of(new Work(FORMULAS, "call", 1, new Formula(x, x.times(2), NDArray.of(Math.sin(0.1)))),
            new Work(FORMULAS, "bind", 1, ByHand::bound, ByHand::twice));
    }

    private List<Work> vectors(int n) {
        var x = floats.vector("x");
        var a = floats.vector("a");
        var b = floats.vector("b");
        var c = floats.vector("c");
        var d = floats.vector("d");
        var four = IntStream.range(0, 4).mapToObj(k -> floats.wave(k, n)).toList();
        return List.of(new Work(FORMULAS, "logistic", n, vector(List.of(x), grad(sum(sigmoid(x)), x), four.subList(0, 1))),
            new Work(FORMULAS, "squares", n, vector(List.of(x), sum(sqr(x)), four.subList(0, 1))),
            new Work(FORMULAS, "axpy", n, vector(List.of(a, b, c, d), mul(a, b).plus(c).minus(d.div(2)), four)));
    }

    private Running.Start vector(List<Expr> inputs, Expr result, List<NDArray> at) {
        boolean binds = at.getFirst().size() <= Bound.MOST && floats.dtype() == DType.FLOAT64;
        return binds ? new Bound(inputs, result, at) : new Formula(inputs, result, at);
    }

    static Expr rosenbrock(Expr x) {
        var head = x.get(upTo(-1));
        var tail = x.get(from(1));
        return sum(mul(100, sqr(tail.minus(sqr(head)))).plus(sqr(sub(1, head))));
    }

    private Work rosenbrock(int n) {
        var x = floats.vector("x");
        var at = floats.wave(0, n);
        var own = new Formula(x, grad(rosenbrock(x), x), at);
        return new Work(FORMULAS, "rosenbrock", n, own,
            floats.dtype() == DType.FLOAT64 ? () -> ByHand.rosenbrock(at.toDoubleArray()) : null);
    }

    private List<Work> rows(int n) {
        var x = floats.matrix("x");
        var centred = x.minus(mean(x, axes(1).keep()));
        var norm = centred.div(sqrt(mean(sqr(centred), axes(1).keep()).plus(1e-5)));
        var in = floats.wave(0, n, n);
        return List.of(new Work(FORMULAS, "softmax", n, new Formula(x, softmax(x), in)),
            new Work(FORMULAS, "logsumexp", n, new Formula(x, logsumexp(x, 1), in)),
            new Work(FORMULAS, "layernorm", n, new Formula(x, norm, in)),
            new Work(FORMULAS, "layernorm_grad", n, new Formula(x, grad(sum(sin(norm)), x), in)));
    }

    private List<Work> gemm(int n) {
        var a = floats.matrix("a");
        var b = floats.matrix("b");
        var at = List.of(floats.wave(0, n, n), floats.wave(1, n, n));
        return List.of(new Work(FORMULAS, "gemm", n, new Formula(List.of(a, b), dot(a, b), at)));
    }

    private Work gemv(int n) {
        var a = floats.matrix("a");
        var x = floats.vector("x");
        return new Work(FORMULAS, "gemv", n, new Formula(List.of(a, x), dot(a, x), List.of(floats.wave(0, n, n), floats.wave(1, n))));
    }

    private NDArray digits() {
        return NDArray.wrap(IntStream.range(0, BATCH * DIGITS).mapToDouble(k -> k / DIGITS % DIGITS == k % DIGITS ? 1 : 0).toArray(),
            BATCH, DIGITS).cast(floats.dtype());
    }

    private static Expr loss(Expr scores, Expr t) { return mean(sum(t.times(logSoftmax(scores, 1)), 1)).neg(); }

    private Work network() {
        var x = floats.matrix("x");
        var t = floats.matrix("t");
        var weights = List.of(floats.matrix("W1"), floats.vector("b1"), floats.matrix("W2"), floats.vector("b2"));
        var hidden = tanh(dot(x, weights.get(0)).plus(weights.get(1)));
        var loss = loss(dot(hidden, weights.get(2)).plus(weights.get(3)), t);
        return trained("mlp", List.of(x, t), weights, loss, List.of(floats.wave(0, BATCH, PIXELS), digits(),
            floats.scaled(0.05, 1, PIXELS, HIDDEN), floats.scaled(0.05, 2, HIDDEN), floats.scaled(0.05, 3, HIDDEN, DIGITS),
            floats.scaled(0.05, 4, DIGITS)));
    }

    private Work regression() {
        var x = floats.matrix("x");
        var t = floats.matrix("t");
        var weights = List.of(floats.matrix("W"), floats.vector("b"));
        var loss = loss(dot(x, weights.get(0)).plus(weights.get(1)), t);
        return trained("regression", List.of(x, t), weights, loss, List.of(floats.wave(0, BATCH, PIXELS), digits(),
            floats.scaled(0.05, 1, PIXELS, DIGITS), floats.scaled(0.05, 2, DIGITS)));
    }

    /// The loss and its gradients.
    private static Work trained(String name, List<Expr> data, List<Expr> weights, Expr loss, List<NDArray> at) {
        var inputs = new ArrayList<>(data);
        inputs.addAll(weights);
        var results = new ArrayList<>(List.of(loss));
        results.addAll(grad(loss, weights));
        return new Work(FORMULAS, name, 0, new Formula(inputs, results, at));
    }

    private List<Work> recurrent(int n) {
        var w = floats.matrix("W");
        var x = floats.matrix("x");
        var h0 = floats.vector("h0");
        var last = scan(x, h0, (e, h) -> tanh(dot(w, h).plus(e))).get(-1);
        var at = List.of(floats.scaled(1 / Math.sqrt(n), 0, n, n), floats.wave(1, STEPS, n), floats.wave(2, n));
        var inputs = List.of(w, x, h0);
        return List.of(new Work(FORMULAS, "rnn", n, new Formula(inputs, last, at)),
            new Work(FORMULAS, "rnn_grad", n, new Formula(inputs, grad(sum(last), inputs), at)));
    }
}

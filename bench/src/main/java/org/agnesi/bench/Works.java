package org.agnesi.bench;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.axes;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dvector;
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
import static org.agnesi.bench.Work.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.NDArray;
import org.agnesi.bench.Work.Formula;
import org.agnesi.symbolic.Expr;

/// What sides are compared on: names and inputs are those of `bench/peers`.
final class Works {
    private Works() {}

    private static final int BATCH = 60, PIXELS = 784, HIDDEN = 500, DIGITS = 10, STEPS = 1000;

    /// @param quick one size of each
    static List<Work> all(boolean quick) {
        var works = new ArrayList<Work>();
        for (int n : quick ? new int[] {1000} : new int[] {10, 1000, 100_000, 4_000_000}) works.addAll(vectors(n));
        works.add(rosenbrock(1000));
        works.addAll(rows(quick ? 256 : 1024));
        for (int n : quick ? new int[] {256} : new int[] {32, 64, 128, 256, 512, 1024, 2048}) works.add(gemm(n));
        works.add(gemv(1000));
        works.add(network());
        works.add(regression());
        for (int n : quick ? new int[] {16} : new int[] {16, 128}) works.addAll(recurrent(n));
        for (int n : quick ? new int[] {100} : new int[] {100, 400, 2000}) works.addAll(products(n));
        for (int n : quick ? new int[] {100} : new int[] {100, 400}) works.addAll(matrices(n));
        return works;
    }

    private static List<Work> vectors(int n) {
        var x = dvector("x");
        var a = dvector("a");
        var b = dvector("b");
        var c = dvector("c");
        var d = dvector("d");
        var one = List.of(array(0.7, 0.1, 1, n));
        var four = List.of(array(0.7, 0.1, 1, n), array(0.3, 0.2, 1, n), array(0.9, 0.3, 1, n), array(0.2, 0.4, 1, n));
        return List.of(new Work("logistic", n, new Formula(x, grad(sum(sigmoid(x)), x)), one),
            new Work("squares", n, new Formula(x, sum(sqr(x))), one),
            new Work("axpy", n, new Formula(List.of(a, b, c, d), mul(a, b).plus(c).minus(d.div(2))), four));
    }

    private static Work rosenbrock(int n) {
        var x = dvector("x");
        var head = x.get(upTo(-1));
        var tail = x.get(from(1));
        var cost = sum(mul(100, sqr(tail.minus(sqr(head)))).plus(sqr(sub(1, head))));
        return new Work("rosenbrock", n, new Formula(x, grad(cost, x)), List.of(array(0.7, 0.1, 1, n)));
    }

    private static List<Work> rows(int n) {
        var x = dmatrix("x");
        var centred = x.minus(mean(x, axes(1).keep()));
        var norm = centred.div(sqrt(mean(sqr(centred), axes(1).keep()).plus(1e-5)));
        var in = List.of(array(0.7, 0.1, 1, n, n));
        return List.of(new Work("softmax", n, new Formula(x, softmax(x)), in),
            new Work("logsumexp", n, new Formula(x, logsumexp(x, 1)), in),
            new Work("layernorm", n, new Formula(x, norm), in),
            new Work("layernorm_grad", n, new Formula(x, grad(sum(sin(norm)), x)), in));
    }

    private static Work gemm(int n) {
        var a = dmatrix("a");
        var b = dmatrix("b");
        return new Work("gemm", n, new Formula(List.of(a, b), dot(a, b)), List.of(array(0.7, 0.1, 1, n, n), array(0.3, 0.2, 1, n, n)));
    }

    private static Work gemv(int n) {
        var a = dmatrix("a");
        var x = dvector("x");
        return new Work("gemv", n, new Formula(List.of(a, x), dot(a, x)), List.of(array(0.7, 0.1, 1, n, n), array(0.3, 0.2, 1, n)));
    }

    private static NDArray digits() {
        return NDArray.wrap(IntStream.range(0, BATCH * DIGITS).mapToDouble(k -> k / DIGITS % DIGITS == k % DIGITS ? 1 : 0).toArray(),
            BATCH, DIGITS);
    }

    private static Expr loss(Expr scores, Expr t) { return mean(sum(t.times(logSoftmax(scores, 1)), 1)).neg(); }

    private static Work network() {
        var x = dmatrix("x");
        var t = dmatrix("t");
        var weights = List.of(dmatrix("W1"), dvector("b1"), dmatrix("W2"), dvector("b2"));
        var hidden = tanh(dot(x, weights.get(0)).plus(weights.get(1)));
        var loss = loss(dot(hidden, weights.get(2)).plus(weights.get(3)), t);
        return new Work("mlp", 0, trained(List.of(x, t), weights, loss), List.of(array(0.7, 0.1, 1, BATCH, PIXELS), digits(),
            array(0.3, 0.2, 0.05, PIXELS, HIDDEN), array(0.9, 0.3, 0.05, HIDDEN), array(0.2, 0.4, 0.05, HIDDEN, DIGITS),
            array(0.1, 0.5, 0.05, DIGITS)));
    }

    private static Work regression() {
        var x = dmatrix("x");
        var t = dmatrix("t");
        var weights = List.of(dmatrix("W"), dvector("b"));
        var loss = loss(dot(x, weights.get(0)).plus(weights.get(1)), t);
        return new Work("regression", 0, trained(List.of(x, t), weights, loss), List.of(array(0.7, 0.1, 1, BATCH, PIXELS), digits(),
            array(0.3, 0.2, 0.05, PIXELS, DIGITS), array(0.9, 0.3, 0.05, DIGITS)));
    }

    /// The loss and its gradients.
    private static Formula trained(List<Expr> data, List<Expr> weights, Expr loss) {
        var inputs = new ArrayList<>(data);
        inputs.addAll(weights);
        var results = new ArrayList<>(List.of(loss));
        results.addAll(grad(loss, weights));
        return new Formula(inputs, results);
    }

    private static List<Work> recurrent(int n) {
        var w = dmatrix("W");
        var x = dmatrix("x");
        var h0 = dvector("h0");
        var last = scan(x, h0, (e, h) -> tanh(dot(w, h).plus(e))).get(-1);
        var in = List.of(array(0.7, 0.1, 1 / Math.sqrt(n), n, n), array(0.3, 0.2, 1, STEPS, n), array(0.9, 0.3, 1, n));
        var inputs = List.of(w, x, h0);
        return List.of(new Work("rnn", n, new Formula(inputs, last), in),
            new Work("rnn_grad", n, new Formula(inputs, grad(sum(last), inputs)), in));
    }

    private static List<NDArray> point(int n) {
        return List.of(array(0.7, 0.1, 1 / Math.sqrt(n), n, n), array(0.3, 0.2, 1, n), array(0.9, 0.3, 1, n));
    }

    private static List<Work> products(int n) {
        var a = dmatrix("a");
        var x = dvector("x");
        var v = dvector("v");
        var inputs = List.of(a, x, v);
        var y = tanh(dot(a, x));
        return List.of(new Work("jv", n, new Formula(inputs, dot(jacobian(y, x), v)), point(n)),
            new Work("uj", n, new Formula(inputs, dot(v, jacobian(y, x))), point(n)),
            new Work("hv", n, new Formula(inputs, dot(hessian(sum(sqr(y)), x), v)), point(n)));
    }

    private static List<Work> matrices(int n) {
        var a = dmatrix("a");
        var x = dvector("x");
        var v = dvector("v");
        var row = dvector("row");
        var inputs = List.of(a, x, v);
        var y = tanh(dot(a, x));
        var example = grad(sum(tanh(row.times(x))), row);
        return List.of(new Work("jacobian", n, new Formula(inputs, jacobian(y, x)), point(n)),
            new Work("hessian", n, new Formula(inputs, hessian(sum(sqr(y)), x)), point(n)),
            new Work("examples", n, new Formula(inputs, vectorize(example, Map.of(row, a))), point(n)));
    }
}

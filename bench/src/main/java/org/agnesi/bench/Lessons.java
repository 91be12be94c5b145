package org.agnesi.bench;

import static org.agnesi.Agnesi.formula;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.jacobianSparse;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Agnesi.taylor;
import static org.agnesi.Agnesi.vectorize;
import static org.agnesi.Tensors.abs;
import static org.agnesi.Tensors.all;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.constant;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.from;
import static org.agnesi.Tensors.ifElse;
import static org.agnesi.Tensors.log;
import static org.agnesi.Tensors.max;
import static org.agnesi.Tensors.mean;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.range;
import static org.agnesi.Tensors.sin;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sqrt;
import static org.agnesi.Tensors.sum;
import static org.agnesi.Tensors.tanh;
import static org.agnesi.Tensors.trace;
import static org.agnesi.Tensors.upTo;
import static org.agnesi.Tensors.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agnesi.symbolic.Expr;

/// Functions of the guide, chapter by chapter.
final class Lessons {
    /// A function: its inputs and what it computes of them.
    record Lesson(String name, List<Expr> inputs, List<? extends Expr> results) {}

    private final List<Lesson> lessons = new ArrayList<>();

    private Lessons() {
        steps();
        derivatives();
        loops();
        jacobians();
    }

    static List<Lesson> told() { return List.copyOf(new Lessons().lessons); }

    private void add(String name, List<Expr> inputs, Expr result) { add(name, inputs, List.of(result)); }

    private void add(String name, List<Expr> inputs, List<? extends Expr> results) { lessons.add(new Lesson(name, inputs, results)); }

    private void steps() {
        var x = dscalar("x");
        var y = dscalar("y");
        var a = dvector("a");
        var b = dvector("b");
        var A = dmatrix("A");
        add("x² + sin x", List.of(x), x.pow(2).plus(sin(x)));
        add("dot(a, b)", List.of(a, b), dot(a, b));
        add("a + b, a · b", List.of(a, b), List.of(a.plus(b), a.times(b)));
        add("A[:, [2, 0]]", List.of(A), A.get(all(), new int[] {2, 0}));
        add("A[:, 0:2]", List.of(A), A.get(all(), range(0, 2)));
        add("A with a row set", List.of(A), A.at(0).set(7));
        add("log(x/y) + 0.5 x²", List.of(x, y), formula("log(x/y) + 0.5*x**2", x, y));
        add("variance", List.of(a), mean(sqr(a.minus(mean(a)))));
        add("norm", List.of(a), sqrt(sum(sqr(a))));
    }

    private void derivatives() {
        var x = dscalar("x");
        var b = dscalar("b");
        var w = dvector("w");
        var W = dmatrix("W");
        var V = dmatrix("V");
        var v = dvector("v");
        var y = dot(w, W);
        add("gradient of b Σ w²", List.of(w, b), grad(sum(sqr(w)).times(b), List.of(w, b)));
        add("second derivative", List.of(x), grad(grad(exp(sin(x)), x), x));
        add("Jacobian of w²", List.of(w), jacobian(w.pow(2), w));
        add("Hessian of Σ w³", List.of(w), hessian(sum(w.pow(3)), w));
        add("R-operator", List.of(w, W, V), rop(y, W, V));
        add("L-operator", List.of(w, v), lop(y, W, v));
        add("Hessian times vector", List.of(w, v), rop(grad(sum(w.pow(4)), w), w, v));
        add("Taylor, four orders", List.of(x, b), taylor(div(1, x), x, b, 4));
        add("gradient of Σ |w|", List.of(w), grad(sum(abs(w)), w));
        add("gradient of max", List.of(w), grad(max(w), w));
        add("gradient of where", List.of(w), grad(sum(where(w.gt(0), sqrt(w), 0.0)), w));
        add("ifElse and gradient", List.of(x), branches(x));
    }

    private static List<Expr> branches(Expr c) {
        var y = ifElse(c.gt(0), log(c), c.times(2));
        return List.of(y, grad(y, c));
    }

    private void loops() {
        var x = dvector("x");
        var a = dscalar("a");
        var y = x.pow(2);
        var powers = scan(arange(5), 1.0, (_, power) -> power.times(a));
        var steps = scan(arange(4), constant(1.0), constant(0.0), (_, r, v) -> {
            var next = v.minus(r.times(0.5));
            return List.of(r.plus(next.times(0.5)), next);
        });
        var W = dmatrix("W");
        var xs = dmatrix("xs");
        var h0 = dvector("h0");
        var last = scan(xs, h0, (e, h) -> tanh(dot(W, h).plus(e))).get(-1);
        add("scan, a state", List.of(x), scan(x, 0.0, (xi, sum) -> sum.plus(xi)));
        add("scan, gradients", List.of(x), scan(arange(y.length()), i -> grad(y.get(i), x)));
        add("scan, powers", List.of(a), powers);
        add("gradient of scan", List.of(a), grad(powers.get(-1), a));
        add("scan, two states", List.of(), steps.getFirst());
        add("gradient of a net", List.of(W, h0, xs), grad(sum(sqr(last)), W));
    }

    private void jacobians() {
        var A = dmatrix("A");
        var X = dmatrix("X");
        var x = dvector("x");
        var v = dvector("v");
        var J = jacobian(tanh(dot(A, x)), x);
        var H = hessian(sum(sqr(tanh(dot(A, x)))), x);
        var pairs = x.get(from(1)).minus(x.get(upTo(-1)));
        add("J v", List.of(A, x, v), dot(J, v));
        add("Jᵀ J v", List.of(A, x, v), dot(dot(J.T(), J), v));
        add("v H v", List.of(A, x, v), dot(v, dot(H, v)));
        add("trace Jᵀ J", List.of(A, x), trace(dot(J.T(), J)));
        add("gradients of rows", List.of(A, X), vectorize(grad(sum(tanh(dot(A, x))), A), Map.of(x, X)));
        add("sparse Jacobian", List.of(x), jacobianSparse(exp(neg(sqr(pairs))), x).values());
    }
}

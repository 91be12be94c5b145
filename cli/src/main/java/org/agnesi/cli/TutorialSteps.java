package org.agnesi.cli;

import static org.agnesi.Agnesi.function;
import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.hessian;
import static org.agnesi.Agnesi.inputs;
import static org.agnesi.Agnesi.jacobian;
import static org.agnesi.Agnesi.lop;
import static org.agnesi.Agnesi.outputs;
import static org.agnesi.Agnesi.pp;
import static org.agnesi.Agnesi.rop;
import static org.agnesi.Agnesi.scan;
import static org.agnesi.Tensors.add;
import static org.agnesi.Tensors.arange;
import static org.agnesi.Tensors.div;
import static org.agnesi.Tensors.dmatrix;
import static org.agnesi.Tensors.dot;
import static org.agnesi.Tensors.dscalar;
import static org.agnesi.Tensors.dvector;
import static org.agnesi.Tensors.exp;
import static org.agnesi.Tensors.mul;
import static org.agnesi.Tensors.neg;
import static org.agnesi.Tensors.sqr;
import static org.agnesi.Tensors.sum;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/// The steps of `agnesi tutorial`, which prints them from this very file: what is read is what ran.
///
/// A step ends with its `show(…)` or `fails(…)` on one line; comments are the text between steps.
abstract class TutorialSteps {
    /// A heading; what follows is printed.
    abstract void section(String title);

    /// The source since the last step, and this value.
    abstract void show(Object value);

    /// The source since the last step, and what this mistake is told.
    abstract void fails(Supplier<?> mistake);

    void run() {
        gradients();
        severalGradients();
        jacobians();
        hessians();
        jacobianTimesVector();
        hessianTimesVector();
        pointers();
        pitfall();
    }

    private void gradients() {
        section("Gradients");
        // The derivative of x² is 2x. The gradient is built as a formula, step by step by the chain rule.
        var x = dscalar("x");
        var y = x.pow(2);
        var gy = grad(y, x);
        show(pp(gy));

        // A function is the formula optimized and compiled.
        var f = function(x, gy);
        show(f.call(4));
        show(f.call(94.2));
        show(f.pp());

        // Bound to an interface it is a plain method: no arrays, nanoseconds.
        var slope = f.bind(DoubleUnaryOperator.class);
        show(slope.applyAsDouble(94.2));

        // The logistic function, element by element of a matrix: its gradient is s(x)·(1 − s(x)).
        var X = dmatrix("x");
        var s = sum(div(1, add(1, exp(neg(X)))));
        var dlogistic = function(X, grad(s, X));
        show(dlogistic.call(new double[][] {{0, 1}, {-1, -2}}));
    }

    private void severalGradients() {
        section("Gradients with respect to several inputs");
        // A list in, a list out, in the same order; one function may return the cost with them.
        var a = dscalar("a");
        var b = dscalar("b");
        var cost = add(sqr(a), mul(a, b));
        var gs = grad(cost, List.of(a, b));
        show(function(inputs(a, b), outputs(cost, gs)).callAll(2, 3));
    }

    private void jacobians() {
        section("The Jacobian");
        // grad needs a scalar. A Jacobian is one gradient for each element: loop over their indices.
        var x = dvector("x");
        var y = x.pow(2);
        var J = scan(arange(y.length()), i -> grad(y.get(i), x));
        show(function(x, J).call(new double[] {4, 4}));

        // Or ask for it.
        show(function(x, jacobian(y, x)).call(new double[] {4, 4}));
    }

    private void hessians() {
        section("The Hessian");
        // The Jacobian of a gradient.
        var x = dvector("x");
        var cost = sum(x.pow(2));
        var gy = grad(cost, x);
        var H = scan(arange(gy.length()), i -> grad(gy.get(i), x));
        show(function(x, H).call(new double[] {4, 4}));

        var f = function(x, hessian(cost, x));
        show(f.call(new double[] {4, 4}));
        show(f.pp());
    }

    private void jacobianTimesVector() {
        section("The Jacobian times a vector");
        // The R-operator: how y = x·W changes when W changes by V. One forward sweep, no Jacobian.
        var W = dmatrix("W");
        var V = dmatrix("V");
        var x = dvector("x");
        var y = dot(x, W);
        var JV = rop(y, W, V);
        var forward = function(inputs(W, V, x), JV);
        double[][] w = {{1, 1}, {1, 1}};
        double[][] v = {{2, 2}, {2, 2}};
        show(forward.call(w, v, new double[] {0, 1}));
        show(forward.pp());

        // The L-operator: a vector times the Jacobian. One backward sweep; W itself is no longer needed.
        var u = dvector("u");
        var uJ = lop(y, W, u);
        var backward = function(inputs(u, x), uJ);
        show(backward.call(new double[] {2, 2}, new double[] {0, 1}));
        show(backward.pp());

        // On paper it is a product. The sweep gives the same without the matrix.
        var z = x.pow(2);
        var product = function(inputs(x, u), dot(jacobian(z, x), u));
        var sweep = function(inputs(x, u), rop(z, x, u));
        show(product.call(new double[] {4, 4}, new double[] {1, 2}));
        show(sweep.call(new double[] {4, 4}, new double[] {1, 2}));
        show(sweep.pp());
    }

    private void hessianTimesVector() {
        section("The Hessian times a vector");
        var x = dvector("x");
        var v = dvector("v");
        var cost = sum(x.pow(2));
        var gy = grad(cost, x);

        // Backwards twice, forwards over backwards, or as it is written on paper.
        var backwards = function(inputs(x, v), grad(sum(mul(gy, v)), x));
        var forwards = function(inputs(x, v), rop(gy, x, v));
        var written = function(inputs(x, v), dot(hessian(cost, x), v));
        double[] at = {4, 4};
        double[] direction = {2, 2};
        show(backwards.call(at, direction));
        show(forwards.call(at, direction));
        show(written.call(at, direction));

        // All three compile to the same program, one product for each element: the Hessian is never built.
        show(backwards.pp());
        show(forwards.pp());
        show(written.pp());
    }

    private void pointers() {
        section("Final pointers");
        // Derivatives are formulas: derive them again.
        var x = dscalar("x");
        var third = grad(grad(grad(x.pow(5), x), x), x);
        show(function(x, third).pp());

        // grad takes scalar costs only; arrays are summed, or have a Jacobian.
        var v = dvector("v");
        fails(() -> grad(v.pow(2), v));
    }

    private void pitfall() {
        section("The pitfall");
        // An element that a loop hands out is a new variable: the gradient with respect to x goes through indices.
        var x = dvector("x");
        var y = x.pow(2);
        fails(() -> scan(y, yi -> grad(yi, x)));
    }
}

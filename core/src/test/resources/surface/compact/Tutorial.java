import module org.agnesi;
import static java.lang.Math.*;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// The tutorial on derivatives, from its first line to its last.
void main() {
    // gradient
    var x = dscalar("x");
    var y = x.pow(2);
    var gy = grad(y, x);
    IO.println(pp(gy));
    var f = function(x, gy);
    IO.println(f.call(4).toDouble());
    IO.println(f.pp());
    IO.println(f.bind(DoubleUnaryOperator.class).applyAsDouble(94.2));

    // logistic, elementwise
    var X = dmatrix("x");
    var s = sum(div(1, add(1, exp(neg(X)))));
    var dlogistic = function(X, grad(s, X));
    IO.println(dlogistic.call(new double[][] {{0, 1}, {-1, -2}}));

    // grad of several
    var a = dscalar("a");
    var b = dscalar("b");
    var s2 = a.times(b).plus(a);
    List<Expr> gs = grad(s2, List.of(a, b));
    IO.println(function(inputs(a, b), gs).callAll(2, 3));
    IO.println(function(inputs(a, b), outputs(s2, gs)).callAll(2, 3));

    // Jacobian
    var v = dvector("v");
    var v2 = v.pow(2);
    var J = scan(arange(v2.length()), i -> grad(v2.get(i), v));
    IO.println(function(v, J).call(new double[] {4, 4}));
    IO.println(function(v, jacobian(v2, v)).call(new double[] {4, 4}));
    try {
        scan(v2, yi -> grad(yi, v));
    } catch (AgnesiException e) {
        IO.println(e.getMessage());
    }

    // Hessian
    IO.println(function(v, hessian(sum(v.pow(2)), v)).call(new double[] {4, 4}));

    // R- and L-operator
    var W = dmatrix("W");
    var V = dmatrix("V");
    var xv = dvector("x");
    double[][] w = {{1, 1}, {1, 1}}, vv = {{2, 2}, {2, 2}};
    double[] xs = {0, 1};
    IO.println(function(inputs(W, V, xv), rop(dot(xv, W), W, V)).call(w, vv, xs));
    var u = dvector("v");
    IO.println(function(inputs(u, xv), lop(dot(xv, W), W, u)).call(new double[] {2, 2}, xs));

    // Hessian times vector, three ways
    var cost = sum(v.pow(2));
    var vec = dvector("vec");
    var gy1 = grad(cost, v);
    var backwards = function(inputs(v, vec), grad(sum(mul(gy1, vec)), v));
    IO.println(backwards.call(new double[] {4, 4}, new double[] {2, 2}) + " " + backwards.pp());
    var forwards = function(inputs(v, vec), rop(gy1, v, vec));
    IO.println(forwards.call(new double[] {4, 4}, new double[] {2, 2}) + " " + forwards.pp());
    var written = function(inputs(v, vec), dot(hessian(cost, v), vec));
    IO.println(written.call(new double[] {4, 4}, new double[] {2, 2}));
}

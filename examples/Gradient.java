import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// The derivative of x², as a formula and as a function.
void main() {
    // @start region="gradient"
    var x = dscalar("x");
    var y = x.pow(2);
    var gy = grad(y, x);
    IO.println(pp(gy));
    var f = function(x, gy);
    IO.println(f.call(4).toDouble());
    // @end

    // @start region="bind"
    var derivative = f.bind(DoubleUnaryOperator.class);   // plain Java: no boxing, no arrays
    IO.println(derivative.applyAsDouble(94.2));
    // @end
    IO.println(f.pp());                                   // what is computed, after rewriting

    // @start region="logistic"
    var X = dmatrix("x");
    var s = sum(div(1, add(1, exp(neg(X)))));
    var dlogistic = function(X, grad(s, X));
    IO.println(dlogistic.call(new double[][] {{0, 1}, {-1, -2}}));
    // @end
}

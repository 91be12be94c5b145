import module org.agnesi;
import static java.lang.Math.*;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A first function, in a file that also imports all of java.base and java.lang.Math.
void main() {
    var x = dscalar("x");
    var y = x.pow(2);
    IO.println(function(x, y).call(4).toDouble());
    var X = dmatrix("x");
    var s = sum(div(1, add(1, exp(neg(X)))));
    IO.println(function(X, s).call(new double[][] {{0, 1}, {-1, -2}}));
    double plain = exp(1.0) + max(1, 2) + abs(-1);
    IO.println(plain > 5);
    try {
        function(x, x).call(1, 2);
    } catch (ArgumentError e) {
        IO.println(e.getMessage());
    }
    try {
        function(x, x.plus(dscalar("z")));
    } catch (MissingInputError e) {
        IO.println(e.getMessage());
    }
    try {
        function(inputs(dvector("u"), dvector("v")), dvector("u").plus(1));
    } catch (MissingInputError e) {
        IO.println(e.getMessage());
    }
}

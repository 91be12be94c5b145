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
    var v = dvector("v");
    var n = lvector("n");
    var m = fmatrix("m");
    var t = dtensor3("t");
    var twice = function(v, v.times(2));
    IO.println(twice.call(new double[] {1}) + " " + twice.call(new float[] {1}) + " " + twice.call(new long[] {1}) + " " + twice.call(new int[] {1}) + " "
        + twice.call(List.of(new double[] {1})) + " " + twice.call(NDArray.of(new double[] {1})) + " " + twice.invoke(new double[] {1}));
    IO.println(function(n, n.plus(1)).call(new int[] {1, 2}) + " " + function(m, m.plus(1)).call(new float[][] {{1}}) + " "
        + function(X, X.plus(1)).call(new long[][] {{1}}) + " " + function(X, X.plus(1)).call(new int[][] {{1}}) + " "
        + function(t, t.plus(1)).call(new double[][][] {{{1}}}));
    var several = function(X, List.of(X.plus(1), X.T()));
    IO.println(several.callAll(new double[][] {{1}}) + " " + several.callAll(new float[][] {{1}}) + " " + several.callAll(new long[][] {{1}}) + " "
        + several.callAll(new int[][] {{1}}) + " " + several.callAll(List.of(NDArray.of(new double[][] {{1}}))) + " "
        + function(t, List.of(t)).callAll(new double[][][] {{{1}}}) + " " + function(inputs(x, v), outputs(x, v)).callAll(1, new double[] {2}));
    IO.println(function(List.of(x, v), v.times(x)).call(2f, new double[] {1, 2}) + " " + function(List.of(x), List.of(x, x)).callAll(2L) + " "
        + function(List.of(), constant(3)).call() + " " + function(x, x.times(0.5)).call((short) 3));
    var same = randomStream(7).uniform(2);
    IO.println(function(List.of(), same.minus(randomStream(7).uniform(2))).call());
    try {
        several.call(new double[][] {{1}});
    } catch (ArgumentError e) {
        IO.println(e.getMessage());
    }
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

import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Formulas written as text, and what is printed of formulas.
void main() {
    var S = dscalar("S");
    var K = dscalar("K");
    var v = dscalar("v");
    var f = formula("log(S/K) + 0.5*v**2", S, K, v);
    IO.println(f + " is " + function(inputs(S, K, v), f).call(2, 1, 0.5));
    IO.println(pp(f));
    IO.println(pp(grad(f, v)));
    IO.println(debugPrint(f));
    IO.println(debugPrint(f, true));
    var A = dmatrix("A");
    var g = formula("sum(where(A > 0, A[0] @ A.T, 1), axis=1)", A);
    IO.println(g + " is " + function(A, g).call(new double[][] {{1, -2}, {3, 4}}));
    IO.println(formula("1 + 2"));
    try {
        formula("log(S", S);
    } catch (AgnesiException e) {
        IO.println(e.getMessage());
    }
    var h = function(S, S.exp().log().sqr());
    IO.println(h);
    IO.println(h.name() + " " + h.graph() + " " + h.pp());
    IO.println(h.debugPrint());
    IO.println(h.explain());
    IO.println(h.explain("log-one-plus"));
    IO.println(h.kernels().lines().count() > 1);
    IO.println(h.graphviz().lines().findFirst().orElseThrow());
}

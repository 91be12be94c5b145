import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// The versiera, written as an op of one's own: a record that answers what an op is asked.
record Versiera(double a) implements Op {
    @Override public List<TensorType> infer(List<Expr> in) { return List.of(in.get(0).type()); }

    @Override public List<NDArray> eval(List<NDArray> in) {
        var x = in.get(0);
        return List.of(NDArray.generateDoubles(x.dtype(), x.shape(), i -> a * a * a / (x.doubleAt(i) * x.doubleAt(i) + a * a)));
    }

    @Override public List<Partial> partials(List<Expr> in, Expr y) {
        return List.of(Partial.symmetric(d -> d.times(y.sqr()).times(in.get(0)).times(-2 / (a * a * a))));
    }

    @Override public List<List<Expr>> outputShapes(List<Expr> in) { return List.of(in.get(0).lengths()); }

    @Override public String name() { return "versiera"; }

    @Override public Symbol symbol() { return Symbol.call(name()); }
}

void main() {
    var x = dvector("x");
    double[] xs = {0, 1, 2};
    var y = Expr.of(new Versiera(1), x);
    IO.println(y + " is " + function(x, y).call(xs));
    IO.println(function(x, grad(sum(y), x)).call(xs));
    IO.println(function(x, rop(y, x, x)).call(xs));
    IO.println(function(x, jacobian(y, x)).call(xs));
    IO.println(function(x, hessian(sum(y), x)).call(xs));
    IO.println(Expr.of(new Versiera(2), List.of(x)) + " " + Expr.all(new Versiera(2), List.of(x)));
    IO.println(new Versiera(1).equals(new Versiera(1)));
    UnaryOperator<Expr> cube = elementwise("cube", t -> t * t * t, (t, ty) -> t.sqr().times(3));
    IO.println(cube.apply(x) + " is " + function(x, cube.apply(x)).call(xs));
    IO.println(function(x, grad(sum(cube.apply(x)), x)).call(xs));
    IO.println(function(x, hessian(sum(cube.apply(x)), x)).call(xs));
}

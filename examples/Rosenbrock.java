import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Newton's method down Rosenbrock's valley: the whole step is one formula.
void main() {
    // @start region="newton"
    var x = dvector("x", 2);
    var a = x.get(0);
    var b = x.get(1);
    var cost = sqr(sub(1, a)).plus(sqr(b.minus(sqr(a))).times(100));
    var next = x.minus(solve(hessian(cost, x), grad(cost, x)));
    var newton = function(x, outputs(next, List.of(cost)));
    // @end

    var point = NDArray.of(new double[] {-1.2, 1});
    for (int step = 0; step < 7; step++) {
        var results = newton.callAll(point);
        IO.println("step %d  x = (%7.4f, %7.4f)  cost %.3e".formatted(step, point.get(0), point.get(1), results.get(1).toDouble()));
        point = results.get(0);
    }
}

import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Shared variables, updates, givens, modes.
void main() {
    Shared w = shared("w", new double[] {1, 2});
    Shared n = shared("n", 0);
    var x = dvector("x");
    double[] xs = {3, 4};
    var cost = sum(w.times(x));
    var step = function().inputs(x).outputs(cost).update(w, w.minus(grad(cost, w).times(0.5))).updates(Map.of(n, n.plus(1))).name("step").compile();
    IO.println(step + " " + step.call(xs) + " " + w.value() + " " + n.value() + " " + step.shareds());
    IO.println(step.call(xs) + " " + w.value() + " " + n.value());
    w.value(new double[] {7, 8});
    var copy = w.value();
    copy.setDoubleAt(0, -1);
    IO.println(w.value() + " " + w.type() + " " + w.name());
    IO.println(function(x, List.of(w, n)).callAll(xs));
    var y = x.sqr();
    IO.println(function().inputs(x).outputs(sum(y)).given(x, x.times(2)).compile().call(xs));
    IO.println(function().inputs(x).outputs(exp(x).log()).mode(Mode.STRICT).compile().pp());
    IO.println(function().inputs(x).outputs(x.times(0)).mode(Mode.FINITE).compile().pp());
    IO.println(function().inputs(List.of(x)).outputs(List.of(exp(x).log())).mode(Mode.REFERENCE).compile().pp());
    IO.println(function().inputs(x).outputs(cost, List.of(grad(cost, x))).mode(Mode.DEFAULT).compile().callAll(xs));
    NDArray[] outs = {NDArray.zeros(DType.FLOAT64, 2), NDArray.zeros(DType.FLOAT64, 2)};
    function(x, List.of(x.times(2), x.sqr())).callInto(List.of(outs), List.of(xs));
    IO.println(List.of(outs));
    try {
        w.value(1);
    } catch (AgnesiException e) {
        IO.println(e.getMessage());
    }
}

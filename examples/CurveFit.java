import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A decay measured with noise: its parameters by Levenberg–Marquardt, their errors from the same Jacobian.
void main() {
    var random = new Random(7);
    var times = new double[40];
    var measured = new double[40];
    for (int i = 0; i < times.length; i++) {
        times[i] = 0.1 * i;
        measured[i] = 2.5 * Math.exp(-1.3 * times[i]) + 0.5 + 0.02 * random.nextGaussian();
    }

    // @start region="fit"
    var p = dvector("p", 3);
    var t = dvector("t");
    var y = dvector("y");
    var damping = dscalar("damping");
    var model = p.get(0).times(exp(p.get(1).times(t).neg())).plus(p.get(2));
    var residual = model.minus(y);
    var cost = sum(sqr(residual));

    var J = jacobian(residual, p);
    var normal = dot(J.T(), J);
    var next = p.minus(solve(normal.plus(eye(3).times(damping)), dot(J.T(), residual)));
    var step = function(inputs(p, t, y, damping), outputs(next, List.of(cost)));
    // @end

    var at = function(inputs(p, t, y), cost);
    var best = NDArray.of(new double[] {1, 1, 0});
    double error = at.call(best, times, measured).toDouble();
    double lambda = 1;
    for (int i = 0; i < 12; i++) {
        var tried = step.callAll(best, times, measured, lambda).getFirst();
        double then = at.call(tried, times, measured).toDouble();
        lambda = then < error ? lambda / 10 : lambda * 10;
        if (then >= error) continue;
        if (error - then > 1e-9) IO.println("cost %.6f → %.6f".formatted(error, then));
        best = tried;
        error = then;
    }
    var variances = function(inputs(p, t), diagonal(inverse(normal))).call(best, times);
    var names = List.of("amplitude", "rate", "offset");
    for (int i = 0; i < 3; i++) {
        double spread = Math.sqrt(error / (times.length - 3) * variances.get(i));
        IO.println("%-9s %.4f ± %.4f".formatted(names.get(i), best.get(i), spread));
    }
}

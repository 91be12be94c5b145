import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Logistic regression: parameters are shared variables, every call of `train` moves them down the gradient.
void main() {
    var random = new Random(1);
    var points = new double[200][2];
    var labels = new double[200];
    for (int i = 0; i < points.length; i++) {
        for (int j = 0; j < 2; j++) points[i][j] = random.nextGaussian();
        labels[i] = 2 * points[i][0] - points[i][1] + 0.5 + 0.5 * random.nextGaussian() > 0 ? 1 : 0;
    }

    // @start region="train"
    var x = dmatrix("x");
    var y = dvector("y");
    var w = shared("w", new double[2]);
    var b = shared("b", 0.0);

    var z = dot(x, w).plus(b);
    var entropy = mean(softplus(z).minus(y.times(z)));        // −log p of the right label
    var cost = entropy.plus(sum(sqr(w)).times(0.001));
    var g = grad(cost, List.of(w, b));

    var train = function().inputs(x, y).outputs(cost)
        .update(w, w.minus(g.get(0)))
        .update(b, b.minus(g.get(1)))
        .name("train").compile();
    // @end

    for (int step = 0; step <= 100; step++) {
        double before = train.call(points, labels).toDouble();
        if (step % 25 == 0) IO.println("step %3d  cost %.6f".formatted(step, before));
    }
    var right = function(inputs(x, y), mean(cast(eq(gt(z, 0), gt(y, 0.5)), DType.FLOAT64)));
    IO.println("w = " + rounded(w.value()) + "  b = " + rounded(b.value()));
    IO.println("right: " + right.call(points, labels));
}

String rounded(NDArray values) {
    return Arrays.stream(values.toDoubleArray()).mapToObj("%.4f"::formatted).toList().toString();
}

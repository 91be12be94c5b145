import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Three classes by softmax, from points and from their distances to a centre; the centre's own gradient is no NaN.
void main() {
    // @start region="safe"
    // √ has no derivative at 0; a `where` that does not take the branch keeps it out of the gradient.
    var p = dvector("p");
    var squares = sum(sqr(p));
    var norm = where(squares.gt(0), sqrt(squares), 0.0);
    IO.println(function(p, grad(norm, p)).call(new double[] {3, 4}));
    IO.println(function(p, grad(norm, p)).call(new double[] {0, 0}));
    // @end

    var random = new Random(5);
    var points = new double[150][2];
    var classes = new long[150];
    for (int i = 0; i < points.length; i++) {
        classes[i] = i % 3;
        double angle = 2 * Math.PI * classes[i] / 3;
        points[i] = new double[] {Math.cos(angle) + 0.4 * random.nextGaussian(), Math.sin(angle) + 0.4 * random.nextGaussian()};
    }

    // @start region="softmax"
    var x = dmatrix("x");
    var label = tensor("label", DType.INT64, -1);
    var w = shared("w", new double[2][3]);
    var b = shared("b", new double[3]);
    var logits = dot(x, w).plus(b);
    var likelihoods = logSoftmax(logits).get(arange(label.length()), label);
    var cost = mean(likelihoods).neg();
    var g = grad(cost, List.of(w, b));
    var train = function().inputs(x, label).outputs(cost)
        .update(w, w.minus(g.get(0))).update(b, b.minus(g.get(1))).compile();
    // @end

    for (int step = 0; step <= 60; step++) {
        double before = train.call(points, classes).toDouble();
        if (step % 20 == 0) IO.println("step %2d  cost %.5f".formatted(step, before));
    }
    var right = function(inputs(x, label), mean(cast(argmax(logits, 1).eq(label), DType.FLOAT64)));
    IO.println("right: %.3f".formatted(right.call(points, classes).toDouble()));
}

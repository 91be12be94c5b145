import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Newton's method with 500 unknowns and no Hessian: conjugate gradients need its products with vectors only.
void main() {
    // @start region="product"
    var x = dvector("x");
    var v = dvector("v");
    var bends = x.get(from(1)).minus(x.get(upTo(-1))).minus(0.01);
    var cost = sum(softplus(x).minus(x.times(0.3))).plus(sum(sqr(bends)).times(10));
    var gradient = grad(cost, x);

    var product = function(inputs(x, v), rop(gradient, x, v));    // forward over reverse
    // @end
    var slope = function(x, gradient);

    // The same product, written as mathematics writes it.
    var written = function(inputs(x, v), dot(hessian(cost, x), v));
    var at = new double[] {1, 2, 3};
    var along = new double[] {1, 0, -1};
    IO.println(product.call(at, along));
    IO.println(written.call(at, along));

    var point = new double[500];
    for (int step = 0; step < 4; step++) {
        var g = slope.call(point).toDoubleArray();
        IO.println("step %d  |gradient| %.1e".formatted(step, Math.sqrt(inner(g, g))));
        var down = conjugateGradients(product, point, g);
        for (int i = 0; i < point.length; i++) point[i] -= down[i];
    }
    IO.println("x[0] = %.6f  x[499] = %.6f".formatted(point[0], point[499]));
}

/// Solves H·d = g.
double[] conjugateGradients(Compiled product, double[] x, double[] g) {
    var d = new double[g.length];
    var residual = g.clone();
    var direction = g.clone();
    double size = inner(g, g);
    double enough = 1e-16 * size;
    while (size > enough) {
        var bent = product.call(x, direction).toDoubleArray();
        double length = size / inner(direction, bent);
        for (int i = 0; i < d.length; i++) {
            d[i] += length * direction[i];
            residual[i] -= length * bent[i];
        }
        double before = size;
        size = inner(residual, residual);
        for (int i = 0; i < d.length; i++) direction[i] = residual[i] + size / before * direction[i];
    }
    return d;
}

double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
}

import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A mixture of Gaussians with a Wishart prior, as in ADBench: the gradient of its likelihood, its Hessian, and a product with that.
void main() throws IOException {
    var file = Path.of("examples/data/adbench/data/gmm/1k/gmm_d2_K5.txt");
    IO.println("log likelihood %.6f".formatted(likelihood(file).get().toDouble()));
    IO.println("|gradient|     %.6f".formatted(length(gradient(file))));
    IO.println("|Hessian|      %.6f".formatted(length(curvature(file))));
    IO.println("|Hessian v|    %.6f".formatted(length(product(file))));
}

/// Parameters in one vector: weights, means, and the Cholesky factors of the inverse covariances.
record Mixture(int d, int k, NDArray theta, NDArray x, double gamma, int m) {
    // @start region="likelihood"
    Expr likelihood(Expr theta, Expr x) {
        var alpha = theta.get(upTo(k));
        var mu = reshape(theta.get(range(k, k + k * d)), k, d);
        var factors = reshape(theta.get(from(k + k * d)), k, d * (d + 1) / 2);
        var q = factors.get(all(), upTo(d));                       // logarithms of the diagonal
        var l = factors.get(all(), from(d));                       // what is below it, column by column
        var Q = zeros(k, d, d).at(all(), diagonal(), diagonal()).set(exp(q)).at(all(), rows(), columns()).set(l);

        var y = einsum("kij,nkj->nki", Q, x.get(all(), newAxis()).minus(mu));
        var each = alpha.plus(sum(q, 1)).minus(sum(sqr(y), 2).div(2));
        var prior = sum(sqr(exp(q))).plus(sum(sqr(l))).times(gamma * gamma / 2).minus(sum(q).times(m)).minus(normalization().times(k));
        return sum(logsumexp(each, 1).minus(logsumexp(alpha)).minus(d / 2.0 * Math.log(2 * Math.PI))).plus(prior);
    }

    /// The logarithm of what makes the Wishart distribution's density integrate to 1.
    Expr normalization() {
        int n = d + m + 1;
        var gammas = sum(lgamma(sub(n, arange(d)).div(2))).plus(d * (d - 1) / 4.0 * Math.log(Math.PI));
        return sub(n * d * (Math.log(gamma) - Math.log(2) / 2), gammas);
    }
    // @end

    int[] diagonal() { return IntStream.range(0, d).toArray(); }
    int[] columns() { return IntStream.range(0, d).flatMap(i -> IntStream.range(i + 1, d).map(_ -> i)).toArray(); }
    int[] rows() { return IntStream.range(0, d).flatMap(i -> IntStream.range(i + 1, d)).toArray(); }

    static Mixture read(Path file) throws IOException {
        try (var in = new Scanner(file)) {
            int d = in.nextInt(), k = in.nextInt(), n = in.nextInt();
            var theta = NDArray.of(numbers(in, k + k * d + k * d * (d + 1) / 2));
            boolean one = file.getParent().endsWith("2.5M");       // a point, repeated
            var x = numbers(in, one ? d : n * d);
            var all = new double[n * d];
            for (int i = 0; i < all.length; i++) all[i] = x[i % x.length];
            return new Mixture(d, k, theta, NDArray.wrap(all, n, d), Double.parseDouble(in.next()), in.nextInt());
        }
    }
}

Supplier<NDArray> likelihood(Path file) throws IOException {
    var mixture = Mixture.read(file);
    var theta = dvector("theta");
    var x = dmatrix("x");
    return call(function(inputs(theta, x), mixture.likelihood(theta, x)), mixture);
}

Supplier<NDArray> gradient(Path file) throws IOException {
    var mixture = Mixture.read(file);
    var theta = dvector("theta");
    var x = dmatrix("x");
    return call(function(inputs(theta, x), grad(mixture.likelihood(theta, x), theta)), mixture);
}

Supplier<NDArray> curvature(Path file) throws IOException {
    var mixture = Mixture.read(file);
    var theta = dvector("theta");
    var x = dmatrix("x");
    return call(function(inputs(theta, x), hessian(mixture.likelihood(theta, x), theta)), mixture);
}

Supplier<NDArray> product(Path file) throws IOException {
    var mixture = Mixture.read(file);
    var theta = dvector("theta");
    var x = dmatrix("x");
    var v = cos(arange(theta.length()).plus(1));
    return call(function(inputs(theta, x), dot(hessian(mixture.likelihood(theta, x), theta), v)), mixture);
}

Supplier<NDArray> call(Compiled f, Mixture mixture) { return () -> f.call(mixture.theta(), mixture.x()); }

double length(Supplier<NDArray> values) { return Math.sqrt(Arrays.stream(values.get().toDoubleArray()).map(x -> x * x).sum()); }

static double[] numbers(Scanner in, int n) { return IntStream.range(0, n).mapToDouble(_ -> Double.parseDouble(in.next())).toArray(); }

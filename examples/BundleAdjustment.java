import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// Where cameras see points, as in ADBench's bundle adjustment: the errors, and a block of their Jacobian for each observation.
void main() throws IOException {
    var file = Path.of("examples/data/adbench/data/ba/test.txt");
    var errors = errors(file).get();
    IO.println("errors %.6f %.6f".formatted(errors.get(0, 0), errors.get(0, 1)));
    var blocks = blocks(file).get();
    IO.println("blocks " + blocks.shape());
    for (int i = 0; i < 2; i++) {
        var row = new StringJoiner(" ");
        for (int j = 0; j < 15; j++) row.add("%.3f".formatted(blocks.get(0, i, j)));
        IO.println(row);
    }
    IO.println("entries " + entries(file).get().getFirst().size());
}

// @start region="errors"
/// A point turned about the axis r by the angle |r|.
Expr turned(Expr r, Expr x) {
    var square = sum(sqr(r));
    var angle = sqrt(square);
    var axis = r.div(angle);
    var exact = x.times(cos(angle)).plus(cross(axis, x).times(sin(angle))).plus(axis.times(dot(axis, x)).times(sub(1, cos(angle))));
    return where(ne(square, 0), exact, x.plus(cross(r, x)));
}

Expr cross(Expr a, Expr b) {
    int[] next = {1, 2, 0}, last = {2, 0, 1};
    return a.get(next).times(b.get(last)).minus(a.get(last).times(b.get(next)));
}

/// A point as a camera sees it: turn, center, focal length, middle of the picture, distortion.
Expr seen(Expr camera, Expr point) {
    var x = turned(camera.get(upTo(3)), point.minus(camera.get(range(3, 6))));
    var u = x.get(upTo(2)).div(x.get(2));
    var s = sum(sqr(u));
    var distortion = camera.get(9).times(s).plus(camera.get(10).times(sqr(s))).plus(1);
    return u.times(distortion).times(camera.get(6)).plus(camera.get(range(7, 9)));
}
// @end

/// Variables of one observation, their values in all, and the other inputs.
record Observations(Map<Expr, Expr> one, List<Expr> inputs, List<NDArray> values) {}

final Expr camera = dvector("camera", 11);
final Expr point = dvector("point", 3);
final Expr weight = dscalar("weight");
final Expr feature = dvector("feature", 2);

Expr error() { return seen(camera, point).minus(feature).times(weight); }

/// One error per observation; the blocks in the order of camera, point, weight.
Supplier<NDArray> errors(Path file) throws IOException { return all(error(), read(file)); }

Supplier<NDArray> blocks(Path file) throws IOException {
    // @start region="blocks"
    var parts = jacobian(error(), List.of(camera, point, weight));
    var block = concatenate(List.of(parts.get(0), parts.get(1), expandDims(parts.get(2), 1)), 1);
    // @end
    return all(block, read(file));
}

/// What changes the weights' own errors, 1 − w².
Supplier<NDArray> weights(Path file) throws IOException { return all(grad(sub(1, sqr(weight)), weight), read(file)); }

/// The whole Jacobian: a row for each of all errors, a column for each number of all cameras, all points and all weights. Its values,
/// columns and row pointers.
Supplier<List<NDArray>> entries(Path file) throws IOException {
    var observations = read(file);
    var given = observations.values();
    int n = given.get(0).size(), m = given.get(1).size();
    // @start region="entries"
    var numbers = dvector("numbers");
    var cameras = numbers.get(upTo(n)).reshape(-1, 11);
    var points = numbers.get(range(n, n + m)).reshape(-1, 3);
    var weights = numbers.get(from(n + m));
    Expr features = dmatrix("features", -1, 2), by = ivector("by"), of = ivector("of");
    var reprojection = vectorize(error(), Map.of(camera, cameras.get(by), point, points.get(of), weight, weights, feature, features));
    var J = jacobianSparse(concatenate(reprojection.reshape(-1), sub(1, sqr(weights))), numbers);
    var f = function(inputs(numbers, features, by, of), outputs(J.values(), List.of(J.columns(), J.rowPointers())));
    // @end
    var all = given.subList(0, 3).stream().flatMapToDouble(part -> DoubleStream.of(part.toDoubleArray())).toArray();
    return () -> f.callAll(NDArray.of(all), given.get(3), given.get(4), given.get(5));
}

Supplier<NDArray> all(Expr e, Observations observations) {
    var f = function(observations.inputs(), vectorize(e, observations.one()));
    return () -> f.call(observations.values());
}

/// A file has one camera, one point, one weight and one feature: all the others are copies.
Observations read(Path file) throws IOException {
    try (var in = new Scanner(file)) {
        int cameras = in.nextInt(), points = in.nextInt(), n = in.nextInt();
        var values = List.of(copies(in, cameras, 11), copies(in, points, 3), copies(in, n, 1).reshape(n), copies(in, n, 2),
            turns(n, cameras), turns(n, points));
        var inputs = List.of(dmatrix("cameras", -1, 11), dmatrix("points", -1, 3), dvector("weights"), dmatrix("features", -1, 2),
            ivector("by"), ivector("of"));
        return new Observations(Map.of(camera, inputs.get(0).get(inputs.get(4)), point, inputs.get(1).get(inputs.get(5)),
            weight, inputs.get(2), feature, inputs.get(3)), inputs, values);
    }
}

NDArray turns(int n, int among) { return NDArray.of(IntStream.range(0, n).map(i -> i % among).toArray()); }

NDArray copies(Scanner in, int n, int each) {
    var one = IntStream.range(0, each).mapToDouble(_ -> Double.parseDouble(in.next())).toArray();
    return NDArray.wrap(IntStream.range(0, n * each).mapToDouble(i -> one[i % each]).toArray(), n, each);
}

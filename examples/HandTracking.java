import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// How far the skin of a hand is from points that were measured, as in ADBench: the Jacobian by the joints' angles.
///
/// Simple: each point belongs to a vertex of the skin. Complicated: to a place in a triangle, which is sought too.
void main() throws IOException {
    var data = Path.of("examples/data/adbench/data/hand");
    var model = data.resolve("model");
    for (var name : List.of("simple", "complicated")) {
        var file = data.resolve(name + "_small/hand1_t26_c100.txt");
        IO.println("%s: |errors| %.6f, |Jacobian| %.6f".formatted(name, length(errors(model, file)), length(jacobian(model, file))));
    }
}

/// Bones with their parents, their place relative to these, and the inverse of their place in the hand at rest; vertices and how much
/// each bone moves them; triangles of vertices.
record Hand(int[] parents, NDArray relative, NDArray inverse, NDArray vertices, NDArray weights, int[][] triangles) {
    // @start region="skin"
    /// Where the vertices are, for the hand's rotation and place, and per finger four angles: bent, spread, bent, bent.
    Expr skin(Expr theta) {
        var bends = new ArrayList<Expr>(List.of(constant(0.0), constant(0.0)));     // the wrist and what it holds do not turn
        var spreads = new ArrayList<Expr>(bends);
        for (int at = 6; at < 26; at += 4) {
            bends.addAll(List.of(theta.get(at), theta.get(at + 2), theta.get(at + 3), constant(0.0)));
            spreads.addAll(List.of(theta.get(at + 1), constant(0.0), constant(0.0), constant(0.0)));
        }
        var turns = matmul(about(2, stack(spreads, 0)), about(0, stack(bends, 0)));
        var turned = eye(4).plus(zeros(bones(), 4, 4).at(all(), upTo(3), upTo(3)).set(turns.minus(eye(3))));
        var moved = matmul(constant(relative), turned);
        var places = new ArrayList<Expr>();
        for (int b = 0; b < bones(); b++) places.add(parents[b] < 0 ? moved.get(b) : dot(places.get(parents[b]), moved.get(b)));
        var from = matmul(stack(places, 0), constant(inverse)).get(all(), upTo(3));
        var skin = einsum("vb,bij,vj->vi", constant(weights), from, constant(vertices));
        return dot(skin, rotation(theta.get(upTo(3))).T()).plus(theta.get(range(3, 6)));
    }

    /// Matrices that turn about one of three axes, one for each angle.
    Expr about(int axis, Expr angles) {
        int a = (axis + 1) % 3, b = (axis + 2) % 3;
        var plane = zeros(3, 3).at(new int[] {a, b}, new int[] {a, b}).set(ones(2));
        var turn = zeros(3, 3).at(new int[] {b, a}, new int[] {a, b}).set(constant(new double[] {1, -1}));
        var by = angles.get(all(), newAxis(), newAxis());
        return eye(3).minus(plane).plus(cos(by).times(plane)).plus(sin(by).times(turn));
    }

    /// The matrix that turns about an axis r by the angle |r|.
    Expr rotation(Expr r) {
        var angle = norm(r);
        var axis = r.div(angle);
        var cross = zeros(3, 3).at(new int[] {2, 0, 1}, new int[] {1, 2, 0}).set(axis).plus(
            zeros(3, 3).at(new int[] {1, 2, 0}, new int[] {2, 0, 1}).set(axis.neg()));
        var turned = eye(3).times(cos(angle)).plus(cross.times(sin(angle))).plus(outer(axis, axis).times(sub(1, cos(angle))));
        return where(angle.lt(1e-4), eye(3), turned);
    }
    // @end

    int bones() { return parents.length; }

    static Hand read(Path folder) throws IOException {
        var bones = lines(folder.resolve("bones.txt"));
        var skin = lines(folder.resolve("vertices.txt"));
        var vertices = numbers(skin, 0, 4);
        var weights = new double[skin.size()][bones.size()];
        for (int v = 0; v < weights.length; v++) {
            vertices.setDoubleAt(4 * v + 3, 1);                    // the fourth coordinate, which translations act on
            var line = skin.get(v);
            for (int i = 9; i < line.length; i += 2) weights[v][Integer.parseInt(line[i])] = Double.parseDouble(line[i + 1]);
        }
        return new Hand(bones.stream().mapToInt(line -> Integer.parseInt(line[1])).toArray(),
            numbers(bones, 2, 16).reshape(bones.size(), 4, 4), numbers(bones, 18, 16).reshape(bones.size(), 4, 4), vertices,
            NDArray.of(weights), triangles(folder));
    }

    static int[][] triangles(Path folder) throws IOException {
        return lines(folder.resolve("triangles.txt")).stream()
            .map(line -> Arrays.stream(line).mapToInt(Integer::parseInt).toArray()).toArray(int[][]::new);
    }

    static List<String[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> line.split(":")).toList();
    }

    static NDArray numbers(List<String[]> lines, int from, int n) {
        return NDArray.wrap(lines.stream().flatMap(line -> Arrays.stream(line, from, from + n)).mapToDouble(Double::parseDouble).toArray(),
            lines.size(), n);
    }
}

/// Points and what of the skin they belong to; what is sought: the hand's angles, and the places in the triangles.
record Problem(Hand hand, NDArray of, NDArray points, NDArray theta, NDArray us) {
    static final Expr THETA = dvector("theta", 26), US = dmatrix("us", -1, 2), OF = ivector("of"), POINTS = dmatrix("points", -1, 3);

    boolean complicated() { return us.size() > 0; }

    // @start region="jacobian"
    /// The errors, and their Jacobian by the places in the triangles, each point's own, and by the angles.
    Expr errors() {
        var skin = hand.skin(THETA);
        if (!complicated()) return POINTS.minus(skin.get(OF)).flatten();
        var corners = constant(hand.triangles()).get(OF);
        var u = US.get(all(), 0, newAxis());
        var v = US.get(all(), 1, newAxis());
        var a = skin.get(corners.get(all(), 0));
        var b = skin.get(corners.get(all(), 1));
        var c = skin.get(corners.get(all(), 2));
        return POINTS.minus(u.times(a).plus(v.times(b)).plus(sub(1, u).minus(v).times(c))).flatten();
    }

    Expr jacobian() {
        var angles = Agnesi.jacobian(errors(), THETA);
        if (!complicated()) return angles;
        var places = sum(Agnesi.jacobian(errors(), US), 1);        // an error depends on its own place only
        return concatenate(List.of(places, angles), 1);
    }
    // @end

    static Problem read(Path model, Path file) throws IOException {
        try (var in = new Scanner(file)) {
            int n = in.nextInt(), angles = in.nextInt();
            var of = new int[n];
            var points = new double[n][];
            for (int i = 0; i < n; i++) {
                of[i] = in.nextInt();
                points[i] = numbers(in, 3);
            }
            var rest = in.tokens().mapToDouble(Double::parseDouble).toArray();
            int places = rest.length - angles;
            return new Problem(Hand.read(model), NDArray.of(of), NDArray.of(points),
                NDArray.of(Arrays.copyOfRange(rest, places, rest.length)), NDArray.wrap(Arrays.copyOf(rest, places), places / 2, 2));
        }
    }

    static double[] numbers(Scanner in, int n) { return IntStream.range(0, n).mapToDouble(_ -> Double.parseDouble(in.next())).toArray(); }

    Supplier<NDArray> call(Expr e) {
        var f = function(inputs(THETA, US, OF, POINTS), e);
        return () -> f.call(theta, us, of, points);
    }
}

Supplier<NDArray> errors(Path model, Path file) throws IOException {
    var problem = Problem.read(model, file);
    return problem.call(problem.errors());
}

Supplier<NDArray> jacobian(Path model, Path file) throws IOException {
    var problem = Problem.read(model, file);
    return problem.call(problem.jacobian());
}

double length(Supplier<NDArray> values) { return Math.sqrt(Arrays.stream(values.get().toDoubleArray()).map(x -> x * x).sum()); }

import module org.agnesi;
import static org.agnesi.Agnesi.*;
import static org.agnesi.Tensors.*;

/// A net with long short-term memory that predicts characters, as in ADBench: its loss, the gradient, a product with the Hessian.
void main() throws IOException {
    var file = Path.of("examples/data/adbench/data/lstm/lstm_l2_c1024.txt");
    IO.println("loss        %.6f".formatted(loss(file).get().toDouble()));
    IO.println("|gradient|  %.6f".formatted(length(gradient(file))));
    IO.println("|Hessian v| %.6f".formatted(length(product(file))));
}

/// Weights in one vector, and the state before the first character; all weights are diagonal.
record Net(int layers, int bits, NDArray theta, NDArray state, NDArray text) {
    // @start region="loss"
    Expr loss(Expr theta, Expr text) {
        var gates = reshape(theta.get(upTo(8 * layers * bits)), layers, 2, 4, bits);
        var ends = reshape(theta.get(from(8 * layers * bits)), 3, bits);
        var start = new ArrayList<Expr>();
        for (int k = 0; k < layers; k++) start.addAll(List.of(constant(state).get(k, 0), constant(state).get(k, 1)));

        var states = scan(text.get(upTo(-1)), start, (character, before) -> {
            var after = new ArrayList<Expr>();
            var x = character.times(ends.get(0));
            for (int k = 0; k < layers; k++) {
                x = layer(gates.get(k, 0), gates.get(k, 1), x, before.get(2 * k), before.get(2 * k + 1), after);
            }
            return after;
        });
        var said = states.get(2 * layers - 2).times(ends.get(1)).plus(ends.get(2));
        var likelihoods = said.minus(log(sum(exp(said), axes(1).keep()).plus(2)));
        return mean(text.get(from(1)).times(likelihoods)).neg();
    }

    /// The state h and the cell after a character x.
    Expr layer(Expr weight, Expr bias, Expr x, Expr h, Expr cell, List<Expr> after) {
        var forget = sigmoid(x.times(weight.get(0)).plus(bias.get(0)));
        var admit = sigmoid(h.times(weight.get(1)).plus(bias.get(1)));
        var tell = sigmoid(x.times(weight.get(2)).plus(bias.get(2)));
        var change = tanh(h.times(weight.get(3)).plus(bias.get(3)));
        var next = cell.times(forget).plus(admit.times(change));
        var said = tell.times(tanh(next));
        after.addAll(List.of(said, next));
        return said;
    }
    // @end

    static Net read(Path file) throws IOException {
        try (var in = new Scanner(file)) {
            int layers = in.nextInt(), characters = in.nextInt(), bits = in.nextInt();
            return new Net(layers, bits, NDArray.of(numbers(in, 8 * layers * bits + 3 * bits)),
                NDArray.wrap(numbers(in, 2 * layers * bits), layers, 2, bits),
                NDArray.wrap(numbers(in, characters * bits), characters, bits));
        }
    }
}

Supplier<NDArray> loss(Path file) throws IOException {
    var net = Net.read(file);
    var theta = dvector("theta");
    var text = dmatrix("text");
    return call(function(inputs(theta, text), net.loss(theta, text)), net);
}

Supplier<NDArray> gradient(Path file) throws IOException {
    var net = Net.read(file);
    var theta = dvector("theta");
    var text = dmatrix("text");
    return call(function(inputs(theta, text), grad(net.loss(theta, text), theta)), net);
}

Supplier<NDArray> product(Path file) throws IOException {
    var net = Net.read(file);
    var theta = dvector("theta");
    var text = dmatrix("text");
    var v = cos(arange(theta.length()).plus(1));
    return call(function(inputs(theta, text), dot(hessian(net.loss(theta, text), theta), v)), net);
}

Supplier<NDArray> call(Compiled f, Net net) { return () -> f.call(net.theta(), net.text()); }

double length(Supplier<NDArray> values) { return Math.sqrt(Arrays.stream(values.get().toDoubleArray()).map(x -> x * x).sum()); }

static double[] numbers(Scanner in, int n) { return IntStream.range(0, n).mapToDouble(_ -> Double.parseDouble(in.next())).toArray(); }

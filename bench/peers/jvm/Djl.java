import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// PyTorch through the Deep Java Library.
final class Djl implements Peer.Side {
    private static final int[] ROWS = {1};
    /// Of works that are gradients, with respect to all from one input on, what is differentiated.
    private static final Map<String, Integer> FROM = Map.of("logistic", 0, "layernorm_grad", 0, "mlp", 2, "regression", 2);

    private final DataType dtype;
    private NDManager manager = NDManager.newBaseManager();

    private Djl(String dtype) { this.dtype = DataType.valueOf(dtype.toUpperCase(Locale.ROOT)); }

    public static void main(String[] args) { Peer.serve(new Djl(args[0])); }

    @Override public String version() { return "djl %s, torch %s".formatted(Engine.getDjlVersion(), Engine.getInstance().getVersion()); }

    private static Function<NDArray[], NDArray> work(String name) {
        return switch (name) {
            case "call"       -> x -> x[0].mul(2);
            case "logistic"   -> x -> Activation.sigmoid(x[0]).sum();
            case "squares"    -> x -> x[0].square().sum();
            case "axpy"       -> x -> x[0].mul(x[1]).add(x[2]).sub(x[3].div(2));
            case "softmax"    -> x -> x[0].softmax(1);
            case "logsumexp"  -> x -> logsumexp(x[0]);
            case "layernorm"  -> x -> layernorm(x[0]);
            case "layernorm_grad" -> x -> layernorm(x[0]).sin().sum();
            case "gemm"       -> x -> x[0].matMul(x[1]);
            case "gemv"       -> x -> x[0].matMul(x[1]);
            case "mlp"        -> x -> loss(x[0].matMul(x[2]).add(x[3]).tanh().matMul(x[4]).add(x[5]), x[1]);
            case "regression" -> x -> loss(x[0].matMul(x[2]).add(x[3]), x[1]);
            default           -> null;
        };
    }

    private static NDArray logsumexp(NDArray x) {
        var m = x.max(ROWS, true);
        return x.sub(m).exp().sum(ROWS).log().add(m.squeeze(1));
    }

    private static NDArray layernorm(NDArray x) {
        var centred = x.sub(x.mean(ROWS, true));
        return centred.div(centred.square().mean(ROWS, true).add(1e-5).sqrt());
    }

    private static NDArray loss(NDArray scores, NDArray t) { return t.mul(scores.logSoftmax(1)).sum(ROWS).mean().neg(); }

    @Override public Peer.Call prepare(String name, List<Peer.Input> inputs) {
        var work = work(name);
        if (work == null) return null;
        manager.close();
        manager = NDManager.newBaseManager();
        var x = new NDArray[inputs.size()];
        for (int k = 0; k < x.length; k++) {
            x[k] = manager.create(inputs.get(k).values(), new Shape(inputs.get(k).shape())).toType(dtype, false);
            if (FROM.containsKey(name) && k >= FROM.get(name)) x[k].setRequiresGradient(true);
        }
        return new Made(() -> FROM.containsKey(name) ? gradients(work, x, FROM.get(name)) : List.of(work.apply(x)));
    }

    /// The loss, where it is asked for, and its gradients.
    private static List<NDArray> gradients(Function<NDArray[], NDArray> work, NDArray[] x, int from) {
        var results = new ArrayList<NDArray>();
        try (var collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            var y = work.apply(x);
            collector.backward(y);
            if (from > 0) results.add(y);
            for (int k = from; k < x.length; k++) results.add(x[k].getGradient());
        }
        return results;
    }

    private record Made(Supplier<List<NDArray>> work) implements Peer.Call {
        @Override public void run() {
            try (var scope = new NDScope()) {
                work.get();
            }
        }

        @Override public double checksum() {
            try (var scope = new NDScope()) {
                return work.get().stream().mapToDouble(y -> y.toType(DataType.FLOAT64, true).abs().sum().getDouble()).sum();
            }
        }
    }
}

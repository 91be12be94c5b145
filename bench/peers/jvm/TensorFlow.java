import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/// TensorFlow for Java: a graph, run by a session.
final class TensorFlow<T extends TFloating> implements Peer.Side {
    private final Class<T> dtype;
    private final Function<Peer.Input, T> tensors;
    private Ops tf;
    private Made made;

    private TensorFlow(Class<T> dtype, Function<Peer.Input, T> tensors) {
        this.dtype = dtype;
        this.tensors = tensors;
    }

    public static void main(String[] args) {
        Peer.serve(args[0].equals("float64")
            ? new TensorFlow<>(TFloat64.class, x -> TFloat64.tensorOf(Shape.of(x.shape()), DataBuffers.of(x.values())))
            : new TensorFlow<>(TFloat32.class, x -> TFloat32.tensorOf(Shape.of(x.shape()), DataBuffers.of(floats(x.values())))));
    }

    private static float[] floats(double[] values) {
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) values[i];
        return floats;
    }

    @Override public String version() {
        return "tensorflow-java %s, tensorflow %s".formatted(Peer.version("tensorflow-core-api"), org.tensorflow.TensorFlow.version());
    }

    private Operand<TInt32> rows() { return tf.constant(1); }

    private Operand<T> number(double value) { return tf.dtypes.cast(tf.constant(value), dtype); }

    private Operand<T> sum(Operand<T> x) { return tf.reduceSum(x, tf.range(tf.constant(0), tf.rank(x), tf.constant(1))); }

    private Operand<T> work(String name, List<Operand<T>> x) {
        return switch (name) {
            case "call"         -> tf.math.mul(x.get(0), number(2));
            case "logistic"     -> sum(tf.math.sigmoid(x.get(0)));
            case "squares"      -> sum(tf.math.square(x.get(0)));
            case "axpy"         -> tf.math.sub(tf.math.add(tf.math.mul(x.get(0), x.get(1)), x.get(2)), tf.math.div(x.get(3), number(2)));
            case "softmax"      -> tf.nn.softmax(x.get(0));
            case "logsumexp"    -> logsumexp(x.get(0));
            case "layernorm"    -> layernorm(x.get(0));
            case "layernorm_grad" -> sum(tf.math.sin(layernorm(x.get(0))));
            case "gemm"         -> tf.linalg.matMul(x.get(0), x.get(1));
            case "gemv"         -> tf.linalg.matMul(x.get(0), tf.reshape(x.get(1), tf.constant(new int[] {-1, 1})));
            case "mlp"          -> loss(layer(tf.math.tanh(layer(x.get(0), x.get(2), x.get(3))), x.get(4), x.get(5)), x.get(1));
            case "regression"   -> loss(layer(x.get(0), x.get(2), x.get(3)), x.get(1));
            default             -> null;
        };
    }

    private Operand<T> logsumexp(Operand<T> x) {
        var m = tf.reduceMax(x, rows(), ReduceMax.keepDims(true));
        return tf.math.add(tf.math.log(tf.reduceSum(tf.math.exp(tf.math.sub(x, m)), rows(), ReduceSum.keepDims(true))), m);
    }

    private Operand<T> layernorm(Operand<T> x) {
        var centred = tf.math.sub(x, tf.math.mean(x, rows(), Mean.keepDims(true)));
        var variance = tf.math.mean(tf.math.square(centred), rows(), Mean.keepDims(true));
        return tf.math.div(centred, tf.math.sqrt(tf.math.add(variance, number(1e-5))));
    }

    private Operand<T> layer(Operand<T> x, Operand<T> w, Operand<T> b) { return tf.math.add(tf.linalg.matMul(x, w), b); }

    private Operand<T> loss(Operand<T> scores, Operand<T> t) {
        return tf.math.neg(tf.math.mean(tf.reduceSum(tf.math.mul(t, tf.nn.logSoftmax(scores)), rows()), tf.constant(0)));
    }

    @Override public Peer.Call prepare(String name, List<Peer.Input> inputs) {
        if (made != null) made.close();
        made = null;
        var graph = new Graph();
        tf = Ops.create(graph);
        var x = new ArrayList<Operand<T>>();
        for (var input : inputs) x.add(tf.placeholder(dtype, org.tensorflow.op.core.Placeholder.shape(Shape.of(input.shape()))));
        var y = work(name, x);
        if (y == null) {
            graph.close();
            return null;
        }
        var results = new ArrayList<Operand<T>>();
        int from = switch (name) {
            case "logistic", "layernorm_grad" -> 0;
            case "mlp", "regression"          -> 2;
            default                           -> x.size();
        };
        if (from > 0) results.add(y);
        if (from < x.size()) tf.gradients(y, x.subList(from, x.size())).dy().forEach(g -> results.add(g.asOutput().expect(dtype)));
        int threads = Integer.parseInt(System.getenv().getOrDefault("AGNESI_THREADS", "1"));
        var config = ConfigProto.newBuilder().setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(1).build();
        made = new Made(graph, new Session(graph, config), List.copyOf(x), inputs.stream().map(tensors).toList(), results);
        return made;
    }

    private record Made(Graph graph, Session session, List<Operand<?>> inputs, List<? extends Tensor> at,
        List<? extends Operand<?>> results) implements Peer.Call {
        private org.tensorflow.Result call() {
            var runner = session.runner();
            for (int k = 0; k < at.size(); k++) runner.feed(inputs.get(k), at.get(k));
            results.forEach(runner::fetch);
            return runner.run();
        }

        @Override public void run() { call().close(); }

        @Override public double checksum() {
            try (var found = call()) {
                double sum = 0;
                for (int k = 0; k < found.size(); k++) for (var y : ((org.tensorflow.ndarray.NdArray<?>) found.get(k)).scalars())
                    sum += Math.abs(((Number) y.getObject()).doubleValue());
                return sum;
            }
        }

        void close() {
            session.close();
            graph.close();
            at.forEach(Tensor::close);
        }
    }
}

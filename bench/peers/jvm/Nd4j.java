import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/// ND4J: arrays at once, derivatives by SameDiff.
final class Nd4j implements Peer.Side {
    private final DataType dtype;

    private Nd4j(String dtype) { this.dtype = dtype.equals("float64") ? DataType.DOUBLE : DataType.FLOAT; }

    public static void main(String[] args) { Peer.serve(new Nd4j(args[0])); }

    @Override public String version() { return "nd4j " + Peer.version("nd4j-api"); }

    private static Function<INDArray[], INDArray> work(String name) {
        return switch (name) {
            case "call"      -> x -> x[0].mul(2);
            case "squares"   -> x -> x[0].mul(x[0]).sum();
            case "axpy"      -> x -> x[0].mul(x[1]).addi(x[2]).subi(x[3].div(2));
            case "softmax"   -> x -> Transforms.softmax(x[0]);
            case "logsumexp" -> x -> logsumexp(x[0]);
            case "layernorm" -> x -> layernorm(x[0]);
            case "gemm"      -> x -> x[0].mmul(x[1]);
            case "gemv"      -> x -> x[0].mmul(x[1]);
            default          -> null;
        };
    }

    private static INDArray logsumexp(INDArray x) {
        var m = x.max(1);
        return Transforms.log(Transforms.exp(x.subColumnVector(m), false).sum(1), false).addi(m);
    }

    private static INDArray layernorm(INDArray x) {
        var centred = x.subColumnVector(x.mean(1));
        return centred.diviColumnVector(Transforms.sqrt(centred.mul(centred).mean(1).addi(1e-5), false));
    }

    @Override public Peer.Call prepare(String name, List<Peer.Input> inputs) {
        var x = new INDArray[inputs.size()];
        for (int k = 0; k < x.length; k++) {
            var shape = inputs.get(k).shape();
            x[k] = shape.length == 0 ? org.nd4j.linalg.factory.Nd4j.scalar(dtype, inputs.get(k).values()[0])
                : org.nd4j.linalg.factory.Nd4j.create(inputs.get(k).values(), shape, DataType.DOUBLE).castTo(dtype);
        }
        var work = work(name);
        if (work != null) return new Made(() -> List.of(work.apply(x)));
        return switch (name) {
            case "logistic"          -> new Made(logistic(x[0]));
            case "mlp", "regression" -> new Made(trained(x));
            default                  -> null;
        };
    }

    private static Supplier<List<INDArray>> logistic(INDArray at) {
        var sd = SameDiff.create();
        var x = sd.var("x", at);
        sd.setLossVariables(sd.nn.sigmoid(x).sum().rename("loss"));
        return () -> List.of(sd.calculateGradients(Map.of(), "x").get("x"));
    }

    /// A net of one or two layers: loss and gradients.
    private static Supplier<List<INDArray>> trained(INDArray[] at) {
        var sd = SameDiff.create();
        SDVariable y = sd.constant("x", at[0]);
        var t = sd.constant("t", at[1]);
        var names = new ArrayList<String>();
        for (int k = 2; k < at.length; k += 2) {
            names.addAll(List.of("W" + k, "b" + k));
            y = (k > 2 ? sd.math.tanh(y) : y).mmul(sd.var("W" + k, at[k])).add(sd.var("b" + k, at[k + 1]));
        }
        sd.setLossVariables(t.mul(sd.nn.logSoftmax(y)).sum(1).mean().neg().rename("loss"));
        return () -> {
            var all = sd.calculateGradientsAndOutputs(Map.of(), List.of("loss"), names);
            var results = new ArrayList<>(List.of(all.getOutputs().get("loss")));
            for (var weight : names) results.add(all.getGradients().get(weight));
            return results;
        };
    }

    private record Made(Supplier<List<INDArray>> work) implements Peer.Call {
        @Override public void run() { work.get().forEach(INDArray::close); }
        @Override public double checksum() {
            return work.get().stream().mapToDouble(y -> Transforms.abs(y.castTo(DataType.DOUBLE)).sumNumber().doubleValue()).sum();
        }
    }
}

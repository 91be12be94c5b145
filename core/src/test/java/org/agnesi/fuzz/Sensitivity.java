package org.agnesi.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.error.AgnesiException;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Node;
import org.jspecify.annotations.Nullable;

/// How far the values of a graph move when every real number in it is rounded some hundred times as coarsely as it is.
///
/// Two right ways to compute a graph differ by their rounding, which a difference or a step may blow up to any size. What
/// moves here by `d` may differ by some `d`; what jumps, as a `floor` may, is not compared.
final class Sensitivity {
    private static final int RUNS = 4;
    /// How far, of its own size, a value may move without saying nothing.
    private static final double FAR = 1e-2;
    /// The same of the largest element's, for what cancels.
    private static final double FAR_BESIDE = 1e-4;

    private final Specimen specimen;
    private final Rounded rounded;

    private Sensitivity(Specimen specimen, Random random) {
        this.specimen = specimen;
        rounded = new Rounded(random);
    }

    /// Per root and element how much another value may differ; NaN where nothing can be said. Null where no root can be compared.
    static double @Nullable [][] of(Specimen specimen, List<NDArray> values) {
        var sensitivity = new Sensitivity(specimen, new Random(7));
        var allowed = values.stream().map(y -> new double[y.size()]).toArray(double[][]::new);
        for (int run = 0; run < RUNS; run++) {
            try {
                var moved = sensitivity.run();
                for (int k = 0; k < allowed.length; k++) widen(allowed[k], values.get(k), moved.get(k));
            } catch (AgnesiException e) {
                return null;
            }
        }
        for (int k = 0; k < allowed.length; k++) finish(allowed[k], values.get(k));
        return allowed;
    }

    private static void widen(double[] allowed, NDArray y, NDArray moved) {
        if (!moved.shape().equals(y.shape())) {
            Arrays.fill(allowed, Double.NaN);
            return;
        }
        double beside = FAR_BESIDE * largest(y);
        for (int i = 0; i < allowed.length; i++) {
            double far = Math.max(beside, FAR * Math.abs(y.doubleAt(i)));
            double d = y.doubleAt(i) == moved.doubleAt(i) ? 0 : Math.abs(y.doubleAt(i) - moved.doubleAt(i));
            boolean jumps = y.dtype().isFloating() ? Double.isFinite(y.doubleAt(i)) != Double.isFinite(moved.doubleAt(i)) || d > far : d != 0;
            allowed[i] = jumps ? Double.NaN : Math.max(allowed[i], Double.isNaN(y.doubleAt(i)) ? 0 : d);
        }
    }

    private static double largest(NDArray y) {
        return IntStream.range(0, y.size()).mapToDouble(i -> Math.abs(y.doubleAt(i))).filter(Double::isFinite).max().orElse(0);
    }

    private static void finish(double[] allowed, NDArray y) {
        double relative = y.dtype() == DType.FLOAT32 ? 1e-5 : y.dtype() == DType.FLOAT64 ? 1e-11 : 0;
        double least = y.dtype() == DType.FLOAT32 ? 1e-37 : 1e-290;
        for (int i = 0; i < allowed.length; i++)
            allowed[i] = 3 * allowed[i] + (relative == 0 || !Double.isFinite(y.doubleAt(i)) ? 0 : relative * Math.abs(y.doubleAt(i)) + least);
    }

    /// The values with each float result, those inside of what ops hold too, and each float input, moved at random.
    private List<NDArray> run() {
        Map<Expr, NDArray> values = new IdentityHashMap<>();
        specimen.values().forEach((x, value) -> values.put(x, rounded.eval(value)));
        for (var node : Graph.inOrder(specimen.roots())) {
            if (values.containsKey(node.result(0))) continue;
            var args = new IdentityHashMap<Expr, NDArray>();
            for (var arg : node.args()) for (var result : arg.node().results()) args.put(result, values.get(result));
            var results = moved(node, args);
            for (int i = 0; i < node.size(); i++) values.put(node.result(i), results.get(i));
        }
        var moved = new ArrayList<NDArray>();
        for (var root : specimen.roots()) moved.add(values.get(root));
        return moved;
    }

    private List<NDArray> moved(Node node, Map<Expr, NDArray> args) {
        if (Rounded.isExact(node)) return Graph.eval(node.results(), args);
        var op = rounded.inside(node.op());
        if (!op.equals(node.op())) return Graph.eval(Expr.all(op, node.args()), args).stream().map(rounded::eval).toList();
        boolean coarse = isCoarse(node);
        return Graph.eval(node.results(), args).stream().map(value -> rounded.as(coarse ? DType.FLOAT32 : value.dtype(), value)).toList();
    }

    /// Whether a float64 may come of float32 inside an op whose graphs are kept.
    private static boolean isCoarse(Node node) {
        return node.op().lambdas().stream().flatMap(lambda -> Coverage.all(lambda.results()).stream())
            .anyMatch(inner -> inner.types().stream().anyMatch(type -> type.dtype() == DType.FLOAT32));
    }
}

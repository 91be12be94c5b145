package org.agnesi.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.run.Backend;
import org.agnesi.run.Plan;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.agnesi.symbolic.Vectorize;

/// What an op owes its own oracle: batches, lowerings, shapes and prints that agree with `eval`.
final class ValueLaws {
    private static final int ROWS = 3;

    private ValueLaws() {}

    /// A batch is a loop: for each input alone and for all at once, also with a batch of no rows.
    static void batch(Trial trial) {
        var all = new ArrayList<Integer>();
        for (int i = 0; i < trial.xs().size(); i++) all.add(i);
        for (int i : all) batch(trial, List.of(i), ROWS);
        if (all.size() > 1) batch(trial, all, ROWS);
        batch(trial, all, 1);
    }

    private static void batch(Trial trial, List<Integer> batched, int rows) {
        var wide = new ArrayList<>(trial.xs());
        Map<Expr, Expr> inputs = new IdentityHashMap<>();
        for (int i : batched) {
            wide.set(i, Variable.variable("X" + i, trial.xs().get(i).type().batched(-1)));
            inputs.put(trial.xs().get(i), wide.get(i));
        }
        var points = new ArrayList<List<NDArray>>();
        var random = new Random(trial.seed() + 5);
        for (int row = 0; row < rows; row++) {
            var point = new ArrayList<>(trial.at());
            for (int i : batched) point.set(i, trial.sample().inputs().get(i).draw(trial.dtype(), random));
            points.add(point);
        }
        var stacked = new ArrayList<>(trial.at());
        for (int i : batched) stacked.set(i, stack(points.stream().map(p -> p.get(i)).toList()));
        var got = Trial.eval(Vectorize.batch(trial.ys(), inputs, Constant.index(rows)), wide, stacked);
        for (int i = 0; i < trial.ys().size(); i++) {
            var y = trial.ys().get(i);
            var expected = stack(points.stream().map(p -> trial.eval(List.of(y), p).getFirst()).toList());
            assertSame(trial + "\nbatched inputs " + batched + ", " + rows + " rows", got.get(i), expected);
        }
    }

    /// What says that it is a sum or a product of powers is one.
    static void algebra(Trial trial) {
        for (var node : Graph.inOrder(trial.ys())) {
            var signs = node.signs();
            var powers = node.powers();
            if (signs.isEmpty() && powers.isEmpty() || !node.types().getFirst().dtype().isFloating()) continue;
            var in = trial.eval(node.args(), trial.at());
            var y = trial.eval(node.results(), trial.at()).getFirst();
            for (int i = 0; i < y.size(); i++) {
                double sum = 0, product = 1;
                for (int k = 0; k < signs.size(); k++) sum += signs.get(k) * in.get(k).doubleAt(i);
                for (int k = 0; k < powers.size(); k++) product *= Math.pow(in.get(k).doubleAt(i), powers.get(k));
                double expected = signs.isEmpty() ? product : sum;
                double error = Math.abs(y.doubleAt(i) - expected);
                assertThat(Double.compare(y.doubleAt(i), expected) == 0 || error <= 1e-5 * (1 + Math.abs(expected)))
                    .as("%s\n%s: %s, but %s of its args", trial, node, y.doubleAt(i), expected).isTrue();
            }
        }
    }

    /// What says that its elements are not negative, or finite, since those of its args are, has only such.
    static void values(Trial trial) {
        for (var node : Graph.inOrder(trial.ys())) {
            if (node.size() != 1 || node.args().isEmpty()) continue;
            Map<Expr, NDArray> in = new IdentityHashMap<>();
            for (var arg : node.args()) in.put(arg, trial.eval(List.of(arg), trial.at()).getFirst());
            var y = node.result(0);
            var value = trial.eval(List.of(y), trial.at()).getFirst();
            if (node.op().isNonNegative(node.args(), y, arg -> all(in.get(arg), v -> !(v < 0))))
                assertThat(all(value, v -> !(v < 0))).as("%s\n%s is not negative: %s", trial, node, value).isTrue();
            if (node.op().isFinite(node.args(), y, arg -> all(in.get(arg), Double::isFinite)))
                assertThat(all(value, Double::isFinite)).as("%s\n%s is finite: %s", trial, node, value).isTrue();
        }
    }

    private static boolean all(NDArray value, DoublePredicate holds) {
        return IntStream.range(0, value.size()).mapToDouble(value::doubleAt).allMatch(holds);
    }

    private static NDArray stack(List<NDArray> rows) {
        var first = rows.getFirst();
        int size = first.size();
        var dims = new int[first.rank() + 1];
        dims[0] = rows.size();
        System.arraycopy(first.shape().dims(), 0, dims, 1, first.rank());
        var out = NDArray.zeros(first.dtype(), Shape.of(dims));
        for (int i = 0; i < out.size(); i++) {
            var row = rows.get(i / size);
            if (out.dtype().isFloating()) out.setDoubleAt(i, row.doubleAt(i % size));
            else out.setLongAt(i, row.longAt(i % size));
        }
        return out;
    }

    /// The loop that an op lowers to computes what its `eval` does: node by node, and fused into loops with its gradient's.
    static void lower(Trial trial) {
        LoweredNodes.check(trial);
        var roots = new ArrayList<>(trial.ys());
        if (Law.TRANSPOSE.applies(trial.sample(), trial.dtype())) roots.addAll(DerivativeLaws.gradients(trial));
        var got = Plan.of(trial.xs(), roots, Backend.SCALAR).call(trial.at());
        var expected = trial.eval(roots, trial.at());
        for (int i = 0; i < roots.size(); i++) assertSame(trial + "\n" + roots.get(i), got.get(i), expected.get(i));
    }

    /// A shorthand is worth what it stands for.
    static void expand(Trial trial) {
        for (var node : Graph.inOrder(trial.ys())) {
            var simpler = node.op().expand(node.args());
            if (simpler.isEmpty()) continue;
            var got = trial.eval(simpler.get(), trial.at());
            var expected = trial.eval(node.results(), trial.at());
            for (int i = 0; i < node.size(); i++) {
                assertThat(simpler.get().get(i).type().refines(node.types().get(i))).as("%s as %s", node, simpler.get().get(i)).isTrue();
                assertSame(trial + "\n" + node + " expanded", got.get(i), expected.get(i));
            }
        }
    }

    /// The shape that an op predicts is the one its result has.
    static void outputShape(Trial trial) {
        var results = new ArrayList<Expr>();
        var axes = new ArrayList<Integer>();
        var dims = new ArrayList<Expr>();
        for (var node : Graph.inOrder(trial.ys())) {
            if (node.op() instanceof Variable) continue;
            var shapes = node.op().outputShapes(node.args());
            for (var result : node.results()) {
                var shape = shapes.get(result.index());
                assertThat(shape).as("dimensions that %s predicts", node).hasSize(result.type().rank());
                for (int axis = 0; axis < shape.size(); axis++) {
                    var dim = shape.get(axis);
                    if (dim == null) continue;
                    results.add(result);
                    axes.add(axis);
                    dims.add(dim);
                }
            }
        }
        var values = trial.eval(results, trial.at());
        var predicted = trial.eval(dims, trial.at());
        for (int i = 0; i < dims.size(); i++)
            assertThat(predicted.get(i).toLong()).as("%s: axis %d of %s", trial, axes.get(i), results.get(i)).isEqualTo(values.get(i).shape().dim(axes.get(i)));
    }

    /// Declared sizes change nothing but the type.
    static void knownShape(Trial trial) {
        var known = Trial.of(trial.sample(), trial.dtype(), trial.dtype(), trial.seed(), true);
        var expected = trial.values();
        var got = known.values();
        for (int i = 0; i < got.size(); i++) {
            assertSame(trial.toString(), got.get(i), expected.get(i));
            assertThat(known.ys().get(i).type().refines(trial.ys().get(i).type()))
                .as("%s refines %s", known.ys().get(i).type(), trial.ys().get(i).type()).isTrue();
        }
    }

    /// Every op prints its arguments.
    static void prints(Trial trial) {
        for (var y : trial.ys()) assertThat(y.toString()).isNotBlank().doesNotContain("$", "null", "[pattern");
    }

    static void assertSame(String about, NDArray got, NDArray expected) {
        assertThat(got.dtype()).as(about).isEqualTo(expected.dtype());
        double tolerance = got.dtype() == DType.FLOAT64 ? 1e-12 : got.dtype() == DType.FLOAT32 ? 1e-5 : 0;
        DerivativeLaws.assertClose(about, got, expected, tolerance, tolerance);
    }
}

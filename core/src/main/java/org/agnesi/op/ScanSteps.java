package org.agnesi.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.ShapeError;
import org.agnesi.kernel.LoopSpec;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;

/// A [Scan] evaluated step by step: the oracle for every other way to run it.
final class ScanSteps {
    private final Scan scan;
    private final LoopSpec spec;
    private final List<NDArray> in;
    private final List<List<NDArray>> histories = new ArrayList<>();   // per state: initial values, then all new ones
    private final List<List<NDArray>> collected = new ArrayList<>();

    ScanSteps(Scan scan, List<NDArray> in) {
        this.scan = scan;
        this.spec = scan.spec();
        this.in = in;
    }

    List<NDArray> run() {
        int n = spec.steps(in);
        for (int k = 0; k < spec.states(); k++) histories.add(new ArrayList<>(initial(k)));
        for (int j = 0; j < spec.collected(); j++) collected.add(new ArrayList<>());
        int done = 0;
        for (boolean goes = true; goes && done < n; done++) goes = step(spec.backwards() ? n - 1 - done : done);
        return results(done);
    }

    private List<NDArray> initial(int k) {
        var value = in.get(spec.initial(k));
        if (spec.stacked(k) && value.shape().dim(0) != spec.depth(k)) throw new ShapeError("""
            a state that remembers %d steps starts with %1$d values stacked along axis 0, but got %s of shape %s
            Stack them, the oldest first.""".formatted(spec.depth(k), scan.body().params().get(spec.previous(k)), value.shape()));
        return spec.stacked(k) ? IntStream.range(0, spec.depth(k)).mapToObj(i -> row(value, i)).toList() : List.of(value);
    }

    /// One step at this place; false when it was the last.
    private boolean step(int place) {
        var values = Graph.eval(scan.body().results(), params(place));
        for (int k = 0; k < spec.states(); k++) {
            var before = histories.get(k).getLast();
            if (!before.shape().equals(values.get(k).shape())) throw new ShapeError("""
                scan needs a state of one shape at every step, but %s went from %s to %s
                Give an initial value of the step's shape.""".formatted(
                scan.body().params().get(spec.previous(k)), before.shape(), values.get(k).shape()));
            histories.get(k).add(values.get(k));
        }
        for (int j = 0; j < spec.collected(); j++) collected.get(j).add(values.get(spec.states() + j));
        return !spec.until() || !values.getLast().toBoolean();
    }

    private Map<Expr, NDArray> params(int place) {
        var bound = new IdentityHashMap<Expr, NDArray>();
        var params = scan.body().params().iterator();
        for (int k = 0; k < spec.sequences(); k++)
            for (int tap : spec.sequenceTaps().get(k))
                bound.put(params.next(), row(in.get(spec.sequence(k)), place + tap + spec.offset(k)));
        for (int k = 0; k < spec.states(); k++)
            for (int tap : spec.stateTaps().get(k)) bound.put(params.next(), histories.get(k).get(histories.get(k).size() + tap));
        for (int k = 0; k < spec.captures(); k++) bound.put(params.next(), in.get(spec.capture(k)));
        return bound;
    }

    private List<NDArray> results(int done) {
        var results = new ArrayList<NDArray>();
        for (int k = 0; k < spec.states(); k++) {
            var history = histories.get(k);
            var kept = history.subList(history.size() - spec.rows(k, done), history.size());
            results.add(stacked(kept, dtype(k), history.getFirst().shape()));
        }
        var shapes = done == 0 && spec.collected() > 0 ? BodyShapes.inside(scan, in) : List.<Shape>of();
        for (int j = 0; j < spec.collected(); j++) {
            var rows = collected.get(j);
            int r = spec.states() + j;
            results.add(stacked(rows, dtype(r), done == 0 ? shapes.get(r) : rows.getFirst().shape()));
        }
        if (spec.until()) results.add(NDArray.of((long) done));
        return results;
    }

    private DType dtype(int r) { return scan.body().results().get(r).type().dtype(); }

    private NDArray stacked(List<NDArray> rows, DType dtype, Shape row) {
        var all = NDArray.zeros(dtype, Shape.of(IntStream.concat(IntStream.of(rows.size()), IntStream.of(row.dims())).toArray()));
        var inPlace = spec.backwards() ? rows.reversed() : Collections.unmodifiableList(rows);
        for (int i = 0; i < rows.size(); i++) {
            if (!inPlace.get(i).shape().equals(row)) throw new ShapeError("""
                scan needs a value of one shape at every step, but got %s and %s
                Collect values of one shape, for example padded ones.""".formatted(row, inPlace.get(i).shape()));
            System.arraycopy(inPlace.get(i).data(), 0, all.data(), i * row.size(), row.size());
        }
        return all;
    }

    static NDArray row(NDArray x, int i) {
        var shape = Shape.of(IntStream.of(x.shape().dims()).skip(1).toArray());
        return x.take(shape, flat -> i * shape.size() + flat);
    }
}

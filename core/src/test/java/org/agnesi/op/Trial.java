package org.agnesi.op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// A sample at one random point: variables, results, and the values of the inputs.
record Trial(Sample sample, DType dtype, long seed, List<Expr> xs, List<Expr> ys, List<NDArray> at) {
    static Trial of(Sample sample, DType dtype, long seed) { return of(sample, dtype, dtype, seed, false); }

    /// A trial in `dtype` with the values that `drawn` can hold.
    static Trial of(Sample sample, DType dtype, DType drawn, long seed, boolean known) {
        var random = new Random(seed);
        var at = new ArrayList<NDArray>();
        for (var input : sample.inputs()) at.add(input.draw(drawn, random).cast(input.dtype(dtype)));
        var xs = sample.variables(dtype, known);
        return new Trial(sample, dtype, seed, xs, sample.formula().apply(xs), at);
    }

    List<NDArray> eval(List<Expr> roots, List<NDArray> at) { return eval(roots, xs, at); }

    static List<NDArray> eval(List<Expr> roots, List<Expr> variables, List<NDArray> at) {
        Map<Expr, NDArray> values = new IdentityHashMap<>();
        for (int i = 0; i < variables.size(); i++) values.put(variables.get(i), at.get(i));
        return Graph.eval(roots, values);
    }

    List<NDArray> values() { return eval(ys, at); }

    /// The inputs that have derivatives.
    List<Integer> differentiated() {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < xs.size(); i++) if (sample.inputs().get(i).isDifferentiated(dtype)) found.add(i);
        return found;
    }

    /// A random direction: for input or result `i` where `wanted` has it, else absent.
    static List<@Nullable NDArray> directions(List<NDArray> like, List<Integer> wanted, long seed) {
        var random = new Random(seed);
        var directions = new ArrayList<@Nullable NDArray>();
        for (int i = 0; i < like.size(); i++) directions.add(wanted.contains(i) ? normal(like.get(i).dtype(), like.get(i).shape(), random) : null);
        return directions;
    }

    static NDArray normal(DType dtype, Shape shape, Random random) { return NDArray.generateDoubles(dtype, shape, i -> random.nextGaussian()); }

    /// The inputs moved by `step` along `directions`.
    List<NDArray> moved(double step, List<? extends @Nullable NDArray> directions) {
        var moved = new ArrayList<NDArray>();
        for (int i = 0; i < at.size(); i++) {
            var x = at.get(i);
            var dx = directions.get(i);
            moved.add(dx == null ? x : NDArray.generateDoubles(x.dtype(), x.shape(), k -> x.doubleAt(k) + step * dx.doubleAt(k)));
        }
        return moved;
    }

    @Override public String toString() { return "%s in %s, seed %d, at %s".formatted(sample, dtype, seed, at); }
}

package org.agnesi.fuzz;

import static org.agnesi.Agnesi.grad;
import static org.agnesi.Agnesi.ignoreDisconnected;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agnesi.Tensors;
import org.agnesi.array.DType;
import org.agnesi.array.NDArray;
import org.agnesi.array.Shape;
import org.agnesi.error.AgnesiException;
import org.agnesi.op.Input;
import org.agnesi.op.Sample;
import org.agnesi.op.Variable;
import org.agnesi.symbolic.Expr;
import org.agnesi.symbolic.Graph;
import org.jspecify.annotations.Nullable;

/// A graph growing by samples of ops, applied to what there is already, at other sizes than the samples' own.
///
/// Everything is evaluated as it is made: so shapes are known, and what has no value is left out.
final class Growth {
    private static final int[] SIZES = {0, 1, 1, 2, 2, 3, 3, 3, 5, 7, 8, 9, 16, 33};
    private static final int LARGEST = 1500;

    final Random random;
    private final List<Sample> samples;
    private final Map<Expr, NDArray> values;
    private final List<Expr> pool;
    private final boolean inside;
    private int next;
    private @Nullable Specimen broken;

    Growth(Random random, List<Sample> samples) { this(random, samples, new IdentityHashMap<>(), new ArrayList<>(), false); }

    private Growth(Random random, List<Sample> samples, Map<Expr, NDArray> values, List<Expr> pool, boolean inside) {
        this.random = random;
        this.samples = samples;
        this.values = values;
        this.pool = pool;
        this.inside = inside;
    }

    /// The same, with what is made from now on kept apart: inside a loop's step nothing may leave but its result.
    Growth inside() { return new Growth(random, samples, values, new ArrayList<>(pool), true); }

    /// A graph of about so many samples beside the first; or what no `eval` should throw, as soon as it is found.
    Specimen specimen(Sample first, int steps) {
        for (int tries = 0; pool.isEmpty() && tries < 6 && broken == null; tries++) grow(first);
        for (int k = 0; k < steps; k++) {
            if (random.nextInt(6) == 0) new Lambdas(this).grow();
            else grow(anySample());
            if (broken != null) return broken;
        }
        var roots = new ArrayList<Expr>();
        for (int k = 0; k < 3 && k < pool.size(); k++) {
            var root = k == 0 ? pool.getLast() : any(pool);
            if (!roots.contains(root)) roots.add(root);
        }
        roots.addAll(gradients(roots));
        return Specimen.of(values, roots);
    }

    Sample anySample() { return samples.get(random.nextInt(samples.size())); }

    <T> T any(List<T> from) { return from.get(random.nextInt(from.size())); }

    boolean chance(double p) { return random.nextDouble() < p; }

    List<Expr> pool() { return pool; }

    NDArray value(Expr e) { return values.get(e); }

    Map<Expr, NDArray> values() { return values; }

    void bind(Expr e, NDArray value) { values.put(e, value); }

    /// The gradients of a sum of squares of the roots, where there are such.
    private List<Expr> gradients(List<Expr> roots) {
        var floats = roots.stream().filter(y -> y.type().dtype().isFloating() && y.type().dtype() == roots.getFirst().type().dtype()).toList();
        var xs = Specimen.of(values, roots).inputs().stream().filter(x -> x.type().dtype().isFloating()).toList();
        if (floats.isEmpty() || xs.isEmpty()) return List.of();
        try {
            var cost = floats.stream().map(y -> Tensors.sum(Tensors.sqr(y))).reduce(Tensors::add).orElseThrow();
            return grad(cost, xs, ignoreDisconnected());
        } catch (AgnesiException e) {
            return List.of();   // some op on the way has no derivative
        }
    }

    /// Applies a sample; what it gives joins the pool, if it has a value here.
    List<Expr> grow(Sample sample) {
        var dtype = dtype(sample);
        var sizes = sizes(sample, dtype);
        var args = new ArrayList<Expr>();
        for (var input : sample.inputs()) args.add(argument(input, dtype, sizes));
        List<Expr> ys = List.of();
        try {
            ys = sample.formula().apply(args);
            var found = Graph.eval(ys, values);
            if (found.stream().anyMatch(y -> y.size() > 4 * LARGEST)) return List.of();
            var made = new ArrayList<Expr>();
            for (int i = 0; i < ys.size(); i++) made.add(join(ys.get(i), found.get(i)));
            return made;
        } catch (AgnesiException e) {
            return List.of();   // not at these sizes, or not at these values
        } catch (RuntimeException e) {
            if (ys.isEmpty() && !isOfSample(e)) throw new IllegalStateException(sample + " of " + args, e);
            if (!inside && !ys.isEmpty()) broken = Specimen.of(values, ys);
            return List.of();
        }
    }

    /// Whether a sample found no derivative where it expects one: of an integer, say.
    private static boolean isOfSample(RuntimeException e) {
        var from = Arrays.stream(e.getStackTrace()).filter(frame -> frame.getClassName().startsWith("org.agnesi")).findFirst();
        return from.isPresent() && from.get().getClassName().contains("Samples");
    }

    /// One of the sample's dtypes; for an integer also another.
    private DType dtype(Sample sample) {
        var dtype = any(sample.dtypes());
        return dtype.isInteger() && !dtype.isBool() && chance(0.4) ? any(Arrays.stream(DType.values()).filter(d -> d.isInteger() && !d.isBool()).toList()) : dtype;
    }

    /// Puts a value into the pool; a large one bent, or else all that follows would overflow.
    Expr join(Expr y, NDArray value) {
        bind(y, value);
        boolean large = y.type().dtype().isFloating() && largest(value) > 30;
        if (large && chance(0.8)) {
            var bent = Tensors.tanh(y);
            bind(bent, Graph.eval(bent, values));
            pool.add(bent);
            return bent;
        }
        pool.add(y);
        return y;
    }

    private static double largest(NDArray x) {
        double largest = 0;
        for (int i = 0; i < x.size(); i++) largest = Math.max(largest, Math.abs(x.doubleAt(i)));
        return largest;
    }

    /// What the sizes in a sample's shapes become: often those that make it fit something in the pool.
    private Map<Integer, Integer> sizes(Sample sample, DType dtype) {
        if (chance(0.3)) return Map.of();
        var sizes = new HashMap<Integer, Integer>();
        if (!pool.isEmpty() && !sample.inputs().isEmpty() && chance(0.7)) {
            var input = any(sample.inputs());
            var like = pool.stream().filter(e -> e.type().dtype() == input.dtype(dtype) && e.type().rank() == input.shape().length).toList();
            if (!like.isEmpty()) fit(input.shape(), values.get(any(like)).shape().dims(), sizes);
        }
        for (var input : sample.inputs()) for (int d : input.shape()) if (d != 1) sizes.computeIfAbsent(d, _ -> SIZES[random.nextInt(SIZES.length)]);
        return sizes;
    }

    private static void fit(int[] from, int[] to, Map<Integer, Integer> sizes) {
        for (int axis = 0; axis < from.length; axis++) if (from[axis] != 1) sizes.putIfAbsent(from[axis], to[axis]);
    }

    private Expr argument(Input input, DType dtype, Map<Integer, Integer> sizes) {
        int[] dims = Arrays.stream(input.shape()).map(d -> sizes.getOrDefault(d, d)).toArray();
        if (Arrays.stream(dims).reduce(1, (a, b) -> a * b) > LARGEST) dims = input.shape();
        var wanted = input.dtype(dtype);
        var shape = Shape.of(dims);
        var fitting = pool.stream().filter(e -> values.get(e).shape().equals(shape)).toList();
        var typed = fitting.stream().filter(e -> e.type().dtype() == wanted).toList();
        if (!typed.isEmpty() && chance(0.8)) return within(input, any(chance(0.5) ? typed.subList(typed.size() - 1, typed.size()) : typed));
        if (!fitting.isEmpty() && chance(0.2)) return within(input, chance(0.3) ? any(fitting) : known(Tensors.cast(any(fitting), wanted)));
        return fresh(input, dtype, dims);
    }

    private Expr known(Expr e) {
        bind(e, Graph.eval(e, values));
        return e;
    }

    /// A float brought into the range that the sample asks for; mostly, since what lies outside has a value too.
    private Expr within(Input input, Expr e) {
        if (!e.type().dtype().isFloating() || chance(0.2) || fits(input, values.get(e))) return e;
        var unit = Tensors.sigmoid(e);
        return known(Tensors.add(Tensors.mul(unit, input.high() - input.low()), input.low()));
    }

    private static boolean fits(Input input, NDArray value) {
        for (int i = 0; i < value.size(); i++) {
            double x = value.doubleAt(i);
            if (!(x >= input.low() && x <= input.high()) || input.away().test(x)) return false;
        }
        return true;
    }

    private Expr fresh(Input input, DType dtype, int[] dims) {
        boolean exact = input.exact() != null && Shape.of(dims).size() == Shape.of(input.shape()).size();
        var shaped = (exact ? input : input.exactly((double[]) null)).shaped(dims);
        var x = Variable.variable("x" + next++, shaped.type(dtype, chance(0.3)));
        bind(x, shaped.draw(dtype, random));
        return x;
    }

    /// Something of the pool that is as wanted, or null.
    @Nullable Expr find(java.util.function.Predicate<Expr> wanted) {
        var found = pool.stream().filter(wanted).toList();
        return found.isEmpty() ? null : any(found);
    }
}
